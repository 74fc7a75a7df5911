import { brotliDecompressSync } from "node:zlib";

/** The words of a packed list (`tools/common-passwords/pack.ts`), sorted. It ignores blanks and line ends. */
export const unpack = (packed: string): string[] =>
  brotliDecompressSync(Buffer.from(packed, "base64")).toString("utf8").split("\n");
