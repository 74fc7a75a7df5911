import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as z from "zod/mini";
import { firstOf, pack } from "./pack.ts";

// Makes packed.ts from the two lists that SOURCES.md names; both files are in lib/sessions/common-passwords/. Usage:
// node tools/common-passwords/make-common-passwords.ts common-passwords.txt.gz passwords.json

const count = 10_000;

const [ofDjango = "", ofZxcvbn = ""] = process.argv.slice(2);
const lists = [
  gunzipSync(readFileSync(ofDjango)).toString("utf8").trim().split("\n"),
  z.array(z.string()).parse(JSON.parse(readFileSync(ofZxcvbn, "utf8"))),
];
const lines = pack(firstOf(lists, count)).match(/.{1,98}/g) ?? [];

writeFileSync(
  new URL("../../lib/sessions/common-passwords/packed.ts", import.meta.url),
  `/** The ${count} words of SOURCES.md, made by tools/common-passwords and read by unpack. */
export const packed = \`
${lines.join("\n")}
\`;
`,
);
