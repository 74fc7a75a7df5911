import { describe, expect, test } from "vitest";
import {
  readCarrierChoice,
  readCredentials,
} from "../../../lib/phone/carriers/carrier-settings.ts";
import {
  apiRootVariable,
  byCarrier,
  carrierNames,
  carriers,
} from "../../../lib/phone/carriers/carriers.ts";
import { carriersFrom } from "../../../lib/phone/carriers/carriers-from.ts";
import { samples } from "../support/carriers.ts";

const environment = Object.fromEntries(
  carrierNames.map((name) => [apiRootVariable(name), carriers[name].apiRoot]),
);

describe("the secret", () => {
  test("makes each carrier that has an entry, and no other", () => {
    const make = carriersFrom(environment);
    for (const name of carrierNames) {
      const made = make(JSON.stringify({ [name]: samples[name].credentials }));
      expect(Object.values(made).map((carrier) => carrier.name)).toEqual([name]);
    }
    const all = make(JSON.stringify(byCarrier((name) => samples[name].credentials)));
    expect(Object.keys(all)).toEqual(carrierNames);
  });

  test("that nobody has filled in makes none", () => {
    expect(readCredentials("unset-put-the-credentials-here")).toEqual({});
  });

  test.each(carrierNames)("without a field of %s's entry is refused", (name) => {
    for (const field of Object.keys(samples[name].credentials)) {
      const entry = { ...samples[name].credentials, [field]: undefined };
      expect(() => readCredentials(JSON.stringify({ [name]: entry }))).toThrow(field);
    }
    expect(() => readCredentials(JSON.stringify({ [name]: null }))).toThrow();
  });

  test.each(["", "{", "null", "[]", '"ucaller"'])("that is %j is refused", (text) => {
    expect(() => readCredentials(text)).toThrow();
  });

  test("may have an entry of another version's carrier", () => {
    expect(readCredentials('{"acme":{"key":"1"},"__proto__":{"ucaller":{}}}')).toEqual({});
  });
});

test("a function that is not told where a carrier's API is does not start", () => {
  for (const variable of Object.keys(environment)) {
    expect(() => carriersFrom({ ...environment, [variable]: undefined })).toThrow(variable);
  }
});

describe("the choice of carriers", () => {
  test("has lists for single countries, and one for all others", () => {
    expect(readCarrierChoice("ucaller;RU=smsru,ucaller;KZ=telnyx")).toEqual({
      others: ["ucaller"],
      countries: { RU: ["smsru", "ucaller"], KZ: ["telnyx"] },
    });
  });

  test("does not mind blanks, small letters, and a list with nobody in it", () => {
    expect(readCarrierChoice(" ucaller ; ru = smsru , telnyx; KZ=;")).toEqual({
      others: ["ucaller"],
      countries: { RU: ["smsru", "telnyx"], KZ: [] },
    });
    expect(readCarrierChoice("")).toEqual({ others: [], countries: {} });
  });

  test.each([
    ["a name that is no carrier's", "ucaller,ucalller", '"ucalller"; there are ucaller, smsru'],
    ["one in a country's list", "ucaller;RU=smsr", '"smsr"'],
    ["a name of every object's", "__proto__", '"__proto__"'],
    ["capitals", "Ucaller", '"Ucaller"'],
    ["two lists for all others", "ucaller;smsru", "two lists for all others"],
    ["two lists for a country", "ucaller;RU=smsru;ru=ucaller", "two lists for RU"],
    ["a list for what is no country", "ucaller;Russia=smsru", '"Russia", which is no country'],
  ])("with %s is refused", (_, text, why) => {
    expect(() => readCarrierChoice(text)).toThrow(why);
  });
});
