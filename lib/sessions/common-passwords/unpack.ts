import { brotliDecompressSync } from "node:zlib";

/** The words of a packed list (`tools/common-passwords/pack.ts`), sorted. Blanks and line ends in it do not matter. */
export const unpack = (packed: string): string[] =>
  brotliDecompressSync(Buffer.from(packed, "base64")).toString("utf8").split("\n");
