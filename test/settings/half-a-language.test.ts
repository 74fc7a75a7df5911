import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { errorsIn } from "../support/compile.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Wherever the service has words: each needs those of every language. */
const catalogues = [
  "lib/phone/sms/sms-text.ts",
  "lib/telegram/messages/messages.ts",
  "lib/telegram/messages/notices/notices.ts",
  "web/pages/texts.ts",
  "web/second-step/texts/texts.ts",
  "web/security/texts.ts",
  "web/sign-in/texts/texts.ts",
  "local/devices/page/state/phone.ts",
];

const list = "lib/settings/languages.ts";
const textOf = (file: string) => readFileSync(root + file, "utf8");
const longer = textOf(list).replace('= ["en", ', '= ["en", "de", ');
const errors = errorsIn({
  ...Object.fromEntries(catalogues.map((file) => [root + file, textOf(file)])),
  [root + list]: longer,
});

test("a line in the list is all that the list wants", () => {
  expect(longer).toContain('"de"');
  expect(errors[root + list]).toEqual([]);
});

test.each(catalogues)("a language without words in %s does not compile", (file) => {
  expect(errors[root + file]?.join("\n")).toContain("Property 'de' is missing");
});
