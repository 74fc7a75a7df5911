import { randomInt } from "node:crypto";
import type { SecretRule } from "../template/resources.ts";

const LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
const NUMBERS = "0123456789";
/** The characters that Secrets Manager lists (GetRandomPassword). */
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/** Makes a value by the template's GenerateSecretString, with a character of each kind if the rule asks for it. */
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
    // The whole value is drawn again: adding missing characters would make some places less random than others.
    if (complete || !rule.RequireEachIncludedType || rule.PasswordLength < kinds.length)
      return value;
  }
}
