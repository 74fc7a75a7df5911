import { brotliCompressSync, constants } from "node:zlib";
import { foldPassword } from "../../lib/sessions/fold-password.ts";

/** The shortest password that can be set (`NewPassword`): shorter ones need no place in the list. */
const shortest = 8;

/**
 * The first words of the lists, each folded and of 8 characters or more: all of the first list come before any of the
 * second.
 *
 * @param lists each with its most common word first.
 */
export const firstOf = (lists: readonly (readonly string[])[], count: number): string[] => {
  const words = lists.flat().map(foldPassword);
  return [...new Set(words.filter((word) => Array.from(word).length >= shortest))].slice(0, count);
};

/** Words as base64 of their Brotli. Sorted, they take a third less; the order in which they were given is not kept. */
export const pack = (words: readonly string[]): string => {
  const text = words.toSorted().join("\n");
  const packed = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  });
  return packed.toString("base64");
};
