import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canReceiveSms,
  countryOf,
  maskedNumber,
  readPhoneNumber,
} from "../../lib/phone/phone-number.ts";
import type { PhoneNumber } from "../../lib/account/phone-number.ts";

const everywhere = { allowedCountries: "all" } as const;

const aNumber = (text: string): PhoneNumber => {
  const read = readPhoneNumber(text, everywhere);
  if (read.kind !== "number") throw new Error(`Not a number: ${text}`);
  return read.number;
};

test.each([
  ["+380501234542", "+380501234542", "UA"],
  [" +380 (50) 123-45-42 ", "+380501234542", "UA"],
  ["+380.50.123/45 42", "+380501234542", "UA"],
  ["+79161234567", "+79161234567", "RU"],
  ["+77011234567", "+77011234567", "KZ"],
  ["+77273123456", "+77273123456", "KZ"],
  ["+12025550143", "+12025550143", "US"],
  ["+14165550123", "+14165550123", "CA"],
  ["+493012345678", "+493012345678", "DE"],
  ["+390612345678", "+390612345678", "IT"],
])("%j is %s in %s", (text, number, country) => {
  expect(readPhoneNumber(text, everywhere)).toEqual({ kind: "number", number, country });
  expect(countryOf(aNumber(text))).toBe(country);
});

test.each([
  ["premium rate", "+19005550199"],
  ["premium rate", "+78091234567"],
  ["international premium rate", "+979123456789"],
  ["shared cost", "+80812345678"],
  ["shared cost", "+448431234567"],
  ["toll-free", "+78001234567"],
  ["toll-free", "+18005550199"],
  ["international toll-free", "+80012345678"],
  ["personal number", "+447012345678"],
  ["VoIP", "+445612345678"],
  ["pager", "+447640123456"],
  ["company number (UAN)", "+445512345678"],
  ["voicemail", "+49177991234567"],
  ["Inmarsat", "+870773111632"],
  ["Globalstar, Iridium", "+881612345678"],
  ["international networks", "+882161234567"],
  ["international networks", "+883510012345"],
  ["personal numbers of the world", "+878101234567890"],
  ["disaster relief", "+888123456789"],
])("refuses %s: %s", (_, text) => {
  expect(readPhoneNumber(text, everywhere)).toEqual({ kind: "invalid_number" });
  expect(readPhoneNumber(text, { allowedCountries: [] })).toEqual({ kind: "invalid_number" });
});

test.each([
  "",
  "+",
  "380501234542",
  "00380501234542",
  "0501234542",
  "++380501234542",
  "+380501234542 ext. 5",
  "+380501234542;ext=5",
  "+380501234542,5",
  "tel:+380501234542",
  "+380501234542\n",
  "+380501234542\0",
  "+3805012345",
  "+3805012345429",
  "+999123456789",
  "+٣٨٠٥٠١٢٣٤٥٤٢",
  "＋380501234542",
  "+380501234542a",
  `+${"3".repeat(5000)}`,
  `+38050${" ".repeat(5000)}1234542`,
])("refuses what is no number in the international form: %j", (text) => {
  expect(readPhoneNumber(text, everywhere)).toEqual({ kind: "invalid_number" });
});

test("only numbers of allowed countries pass, and +7 is two countries", () => {
  const allowedCountries = ["UA", "KZ"];
  const kind = (text: string) => readPhoneNumber(text, { allowedCountries }).kind;
  expect(kind("+380501234542")).toBe("number");
  expect(kind("+77011234567")).toBe("number");
  expect(kind("+79161234567")).toBe("country_not_allowed");
  expect(kind("+493012345678")).toBe("country_not_allowed");
  expect(readPhoneNumber("+380501234542", { allowedCountries: [] }).kind).toBe(
    "country_not_allowed",
  );
});

test("landlines can be called, not texted", () => {
  expect(canReceiveSms(aNumber("+380443334455"))).toBe(false);
  expect(canReceiveSms(aNumber("+380501234542"))).toBe(true);
  expect(canReceiveSms(aNumber("+12025550143"))).toBe(true);
});

test.each([
  ["+380501234542", "+380 ** *** ** 42"],
  ["+79161234567", "+7 *** *** ** 67"],
  ["+375291234567", "+375 ** *** ** 67"],
  ["+12025550143", "+1 *** *** ** 43"],
  ["+37281234567", "+372 * *** ** 67"],
  ["+4915112345678", "+49 * *** *** ** 78"],
  ["+390612345678", "+39 *** *** ** 78"],
  ["+37376200012", "+373 * *** ** 12"],
])("%s is shown as %s", (text, masked) => {
  expect(maskedNumber(aNumber(text))).toBe(masked);
});

test("no mask shows more than the calling code and two digits, or hides how long the number is", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (text) => {
      const read = readPhoneNumber(text, everywhere);
      fc.pre(read.kind === "number");
      const [, callingCode = "", hidden = "", shown = ""] =
        /^\+(\d{1,3}) ([* ]+) (\d\d)$/.exec(maskedNumber(read.number)) ?? [];
      expect(read.number.startsWith(`+${callingCode}`)).toBe(true);
      expect(read.number.endsWith(shown)).toBe(true);
      const stars = hidden.replaceAll(" ", "").length;
      expect(callingCode.length + stars + 2).toBe(read.number.length - 1);
      expect(hidden).toMatch(/^\*{1,3}( \*{2,3})*$/);
    }),
    { numRuns: 300 },
  );
});
