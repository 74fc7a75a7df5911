import { isCommonPassword } from "./common-passwords/common-passwords.ts";
import { foldPassword } from "./fold-password.ts";
import { looksLikeStoredHash } from "./stored-hash.ts";

/** Why a password may not be set. The values are stable: pages choose their texts by them. */
export type PasswordFault =
  /** It looks like the stored hash of a password: the sender mistakes the field. */
  | "looks_like_hash"
  /** It repeats one character. */
  | "repeated"
  | "contains_service_name"
  | "contains_mail"
  | "too_common"
  /** It is a part of an alphabet, of the digits or of a keyboard's row, forwards or backwards. */
  | "sequence";

export type PasswordOwner = {
  /** Undefined: the account has no mail. */
  readonly email: string | undefined;
  readonly serviceName: string;
};

/**
 * What is wrong with a password that is being set; undefined if nothing is [NIST SP 800-63B-4 §3.1.1.2, ASVS 5.0
 * 6.2.4]. The function does not check the length. Use it for new passwords only: a password that somebody tries may be
 * older than these rules. It judges the whole password, and does not refuse a word in a longer phrase.
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

/** A shorter part occurs in too many words to say anything about a password. */
const shortestPart = 4;

/** The names and the words in them, if they have 4 characters or more. */
const partsOf = (names: readonly string[]): string[] =>
  names
    .map(foldPassword)
    .flatMap((name) => [name, ...name.split(/[^\p{L}\p{M}\p{N}]+/u)])
    .filter((part) => Array.from(part).length >= shortestPart);

/** What people add to a word to make it a password: digits, punctuation and blanks. */
const additions = /^[\p{Nd}\p{P}\p{Sm}\p{Sc}\p{Sk}\p{Z}]*$/u;

/** Whether only additions are left when these parts are taken out, the longest first: a whole contains its parts. */
const isMadeOf = (folded: string, parts: readonly string[]): boolean => {
  const rest = parts
    .toSorted((one, other) => other.length - one.length)
    .reduce((text, part) => text.replaceAll(part, " "), folded);
  return rest !== folded && additions.test(rest);
};

/** Alphabets, digits and keyboard rows of the languages that the service speaks. */
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
