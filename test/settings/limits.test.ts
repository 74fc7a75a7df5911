import { afterEach, describe, expect, test, vi } from "vitest";
import { changeLimits, readLimits } from "../../lib/settings/change-limits.ts";
import { createServices } from "../../functions/create-services.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";

afterEach(() => vi.unstubAllEnvs());

test("without changes they are the defaults", () => {
  expect(readLimits(undefined)).toBe(defaultLimits);
  expect(readLimits("")).toBe(defaultLimits);
  expect(readLimits("{}")).toEqual(defaultLimits);
});

test("what is changed is changed, and nothing else", () => {
  const limits = readLimits('{"fallback":{"calls":2},"activityEntries":21}');
  expect(limits).toEqual({
    ...defaultLimits,
    fallback: { ...defaultLimits.fallback, calls: 2 },
    activityEntries: 21,
  });
});

test("a function decides by them", () => {
  vi.stubEnv("LIMITS", '{"challenge":{"guesses":3}}');
  const { limits } = createServices((services) => services);
  expect(limits.challenge.guesses).toBe(3);
});

test("a function with limits that are none does not start", () => {
  vi.stubEnv("LIMITS", '{"challenge":{"guesses":0}}');
  expect(() => createServices((services) => services)).toThrow("positive");
});

describe("refused, so that the function does not start:", () => {
  test.each([
    ["no JSON", "{", /JSON/],
    ["a list", "[]", /object/],
    ["an unknown area", '{"calls":{"many":1}}', /no limit calls/],
    ["an unknown number", '{"fallback":{"cals":2}}', /no limit fallback\.cals/],
    ["a prototype's name", '{"fallback":{"toString":2}}', /no limit/],
    ["a prototype's name for an area", '{"constructor":1}', /no limit/],
    ["a number for an area", '{"fallback":2}', /object/],
    ["zero", '{"fallback":{"calls":0}}', /positive/],
    ["a fraction", '{"fallback":{"calls":1.5}}', /whole/],
    ["text", '{"fallback":{"calls":"2"}}', /whole/],
    ["a challenge that lives longer than is promised", '{"challenge":{"lifeSeconds":601}}', /600/],
    ["more wrong codes in a row than are promised", '{"guesses":{"codesOff":101}}', /100/],
  ])("%s", (_, text, why) => {
    expect(() => readLimits(text)).toThrow(why);
  });
});

test("a misspelt limit is refused also where it is given as an object", () => {
  expect(() => changeLimits({ fallback: { call: 1 } })).toThrow("no limit fallback.call");
});
