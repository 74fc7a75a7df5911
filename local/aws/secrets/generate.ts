import { randomInt } from "node:crypto";
import type { SecretRule } from "../template/resources.ts";

const LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
const NUMBERS = "0123456789";
/** As Secrets Manager lists it (GetRandomPassword). */
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/** A secret's value by the template's GenerateSecretString; where it asks so, with a character of each kind. */
export function generateSecret(rule: SecretRule): string {
  const kinds = [
    rule.ExcludeLowercase ? "" : LOWERCASE,
    rule.ExcludeUppercase ? "" : LOWERCASE.toUpperCase(),
    rule.ExcludeNumbers ? "" : NUMBERS,
    rule.ExcludePunctuation ? "" : PUNCTUATION,
    rule.IncludeSpace ? " " : "",
  ]
    .map((kind) => kind.split("").filter((char) => !rule.ExcludeCharacters.includes(char)))
    .filter((kind) => kind.length > 0);
  const all = kinds.flat();
  if (all.length === 0) throw new Error("GenerateSecretString leaves no character to choose from.");
  for (;;) {
    const value = Array.from(
      { length: rule.PasswordLength },
      () => all[randomInt(all.length)],
    ).join("");
    const complete = kinds.every((kind) => kind.some((char) => value.includes(char)));
    // Drawn again as a whole: putting missing characters in would make some places less random than others.
    if (complete || !rule.RequireEachIncludedType || rule.PasswordLength < kinds.length)
      return value;
  }
}
