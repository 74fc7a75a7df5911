/**
 * A password as it is compared with words: after NFKC, and without a difference between capitals and small letters.
 * JavaScript has no case folding; capitals first and small letters then come to the same ("ß" is "ss").
 */
export const foldPassword = (text: string): string =>
  text.normalize("NFKC").toUpperCase().toLowerCase();
