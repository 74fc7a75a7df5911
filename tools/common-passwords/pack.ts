import { brotliCompressSync, constants } from "node:zlib";
import { foldPassword } from "../../lib/sessions/fold-password.ts";

/** The shortest password that a person can set (`NewPassword`). The list does not need shorter ones. */
const shortest = 8;

/**
 * Takes the first `count` words of the lists, folded and with 8 characters or more. All words of the first list come
 * before those of the second.
 *
 * @param lists each list has its most common word first.
 */
export const firstOf = (lists: readonly (readonly string[])[], count: number): string[] => {
  const words = lists.flat().map(foldPassword);
  return [...new Set(words.filter((word) => Array.from(word).length >= shortest))].slice(0, count);
};

/** Packs words with Brotli and base64. It sorts them, which saves a third of the size but loses their order. */
export const pack = (words: readonly string[]): string => {
  const text = words.toSorted().join("\n");
  const packed = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  });
  return packed.toString("base64");
};
