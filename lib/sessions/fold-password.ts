/**
 * The form in which a password is compared with words: after NFKC, and without the difference between capital and small
 * letters. JavaScript has no case folding; capital letters first and small letters then give the same ("ß" is "ss").
 */
export const foldPassword = (text: string): string =>
  text.normalize("NFKC").toUpperCase().toLowerCase();
