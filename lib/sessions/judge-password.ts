import { isCommonPassword } from "./common-passwords/common-passwords.ts";
import { foldPassword } from "./fold-password.ts";
import { looksLikeStoredHash } from "./stored-hash.ts";

/** Why a password may not be set. Stable: pages choose their words by it. */
export type PasswordFault =
  /** It is what a store keeps of a password: whoever sent it mistakes the field. */
  | "looks_like_hash"
  /** One character, again and again. */
  | "repeated"
  | "contains_service_name"
  | "contains_mail"
  | "too_common"
  /** Neighbours of an alphabet, of the digits or of a keyboard, forwards or backwards. */
  | "sequence";

export type PasswordOwner = {
  /** Undefined: the account has none. */
  readonly email: string | undefined;
  readonly serviceName: string;
};

/**
 * What is wrong with a password that is being set, whatever its length; undefined: nothing
 * [NIST SP 800-63B-4 §3.1.1.2, ASVS 5.0 6.2.4]. It is meant for new passwords only: one that is being tried may be older
 * than these rules. Only whole passwords are judged: nobody is refused for a word in a longer phrase.
 */
export const judgePassword = (
  password: string,
  { email, serviceName }: PasswordOwner,
): PasswordFault | undefined => {
  if (looksLikeStoredHash(password)) return "looks_like_hash";
  const folded = foldPassword(password);
  const ofService = partsOf([serviceName]);
  const ofMail = email === undefined ? [] : partsOf([email, ...email.split("@")]);
  if (isRepeated(folded)) return "repeated";
  if (isMadeOf(folded, ofService)) return "contains_service_name";
  if (isMadeOf(folded, [...ofMail, ...ofService])) return "contains_mail";
  if (isCommonPassword(folded)) return "too_common";
  return isSequence(folded) ? "sequence" : undefined;
};

const isRepeated = (folded: string): boolean => new Set(folded).size === 1;

/** A shorter part is in too many words to say anything of a password. */
const shortestPart = 4;

/** The names, and the words in them, of 4 characters or more; the longest first, since a whole has its parts in it. */
const partsOf = (names: readonly string[]): string[] =>
  names
    .map(foldPassword)
    .flatMap((name) => [name, ...name.split(/[^\p{L}\p{M}\p{N}]+/u)])
    .filter((part) => Array.from(part).length >= shortestPart);

/** What people add to a word to have a password: digits, punctuation and blanks. */
const additions = /^[\p{Nd}\p{P}\p{Sm}\p{Sc}\p{Sk}\p{Z}]*$/u;

/** Whether nothing is left of a password without these parts but additions. */
const isMadeOf = (folded: string, parts: readonly string[]): boolean => {
  const rest = parts
    .toSorted((one, other) => other.length - one.length)
    .reduce((text, part) => text.replaceAll(part, " "), folded);
  return rest !== folded && additions.test(rest);
};

/** Alphabets, digits and rows of keyboards, of the languages that the service speaks. */
const lines = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
  "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
  "qwertyuiop[]",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "йцукенгшщзхїґ",
  "фівапролджє",
  "йцукенгшщзхъ",
  "фывапролджэ",
  "ячсмитьбю.",
];
const sequences = [...lines, ...lines.map((line) => Array.from(line).toReversed().join(""))];

const isSequence = (folded: string): boolean => sequences.some((line) => line.includes(folded));
