import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { keepForms } from "./kept-forms.ts";
import { makeForms } from "./make-forms.ts";

const root = new URL("../../", import.meta.url);
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("package.json", root), "utf8")));
const fixtures = fileURLToPath(new URL("test/fixtures", root));
const kept = keepForms(fixtures, version, await makeForms());
console.log(
  kept === "written"
    ? `Wrote test/fixtures/${version}/stored-forms.json; commit it.`
    : `test/fixtures/${version}/stored-forms.json has the present forms.`,
);
