import fc from "fast-check";
import { expect, test } from "vitest";
import { everyLanguage } from "../../../lib/settings/languages.ts";
import { smsSegments } from "../../../lib/phone/sms/sms-segments.ts";
import { smsText } from "../../../lib/phone/sms/sms-text.ts";

const languages = everyLanguage;
const given = { code: "042917", serviceName: "Twostep", domain: "account.example.com" };

test.each([
  ["en", "042917 is your Twostep code. Never tell it to anybody."],
  ["uk", "042917 - ваш код Twostep. Не кажіть його нікому."],
  ["ru", "042917 - ваш код Twostep. Не говорите его никому."],
] as const)("%s", (language, words) => {
  expect(smsText({ ...given, language })).toBe(`${words}\n\n@account.example.com #042917`);
});

test("an English text of usual length is one SMS, a Cyrillic one two", () => {
  const segments = languages.map((language) => smsSegments(smsText({ ...given, language })));
  expect(segments).toEqual([1, 2, 2]);
});

/** As the specification reads a message: of the last line, the host behind the `@` and the code behind the `#`. */
const readBound = (text: string) => /^@(\S+) #(\S+)$/.exec(text.split("\n").at(-1) ?? "")?.slice(1);

test("whatever the service is called, it is two SMS at most, code first and bound to the domain last", () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  const domain = fc
    .array(label, { minLength: 1, maxLength: 8 })
    .map((labels) => labels.join("."))
    .filter((host) => host.length <= 253);
  fc.assert(
    fc.property(
      fc.constantFrom(...languages),
      fc.stringMatching(/^\d{6}$/),
      fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: "grapheme", maxLength: 300 })),
      domain,
      (language, code, serviceName, host) => {
        const text = smsText({ language, code, serviceName, domain: host });
        expect(smsSegments(text)).toBeLessThanOrEqual(2);
        expect(text.startsWith(code)).toBe(true);
        expect(readBound(text)).toEqual([host, code]);
        expect(text.split("\n")).toHaveLength(3);
      },
    ),
    { numRuns: 500 },
  );
});

test("what does not fit is left out: first the name, then the words", () => {
  const text = (serviceName: string, domain: string) =>
    smsText({ language: "uk", code: "042917", serviceName, domain });
  const long = `${"a".repeat(60)}.example`;
  expect(text("Дуже довга назва служби", long)).toBe(
    `042917 - ваш код. Не кажіть його нікому.\n\n@${long} #042917`,
  );
  const longer = `${"a".repeat(60)}.${"b".repeat(60)}.example`;
  expect(text("Twostep", longer)).toBe(`042917\n\n@${longer} #042917`);
  expect(text(" ", "a.example")).toBe(
    "042917 - ваш код. Не кажіть його нікому.\n\n@a.example #042917",
  );
});

test("a name cannot add a line", () => {
  const text = smsText({ ...given, language: "en", serviceName: "A\n@evil.example #1\r\n\u2028B" });
  expect(text.split(/[\r\n\u2028]/)).toEqual([
    "042917 is your A @evil.example #1 B code. Never tell it to anybody.",
    "",
    "@account.example.com #042917",
  ]);
});
