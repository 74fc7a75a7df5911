import { packed } from "./packed.ts";
import { unpack } from "./unpack.ts";

let words: ReadonlySet<string> | undefined;

/**
 * Whether a folded password is one of the 10,000 most common ones that are long enough to be set (SOURCES.md). The
 * first call unpacks the list, so that a cold start for anything else does not pay for it.
 */
export const isCommonPassword = (folded: string): boolean =>
  (words ??= new Set(unpack(packed))).has(folded);
