import { expect, test } from "vitest";
import type { Carrier } from "../../../lib/phone/carriers/carrier.ts";
import { chooseCarriers } from "../../../lib/phone/carriers/choose-carriers.ts";

const aCarrier = (name: string): Carrier => ({
  name,
  kind: "we_choose",
  place: () => Promise.resolve({ kind: "unknown" }),
  status: () => Promise.resolve("unknown"),
});

const carriers = { one: aCarrier("one"), two: aCarrier("two") };

const choice = {
  countries: { RU: ["two", "one"], UA: ["three", "one"], KZ: [], MD: ["one", "one"] },
  others: ["one"],
} as const;

const names = (country: string) =>
  chooseCarriers<"one" | "two" | "three">(country, choice, carriers).map(({ name }) => name);

test("a country has its own carriers in its own order, or those of the others", () => {
  expect(names("RU")).toEqual(["two", "one"]);
  expect(names("DE")).toEqual(["one"]);
});

test("a country without carriers has none", () => {
  expect(names("KZ")).toEqual([]);
});

test("carriers that the deployment has no credentials for are left out, doubles too", () => {
  expect(names("UA")).toEqual(["one"]);
  expect(names("MD")).toEqual(["one"]);
});

test.each(["", "__proto__", "constructor", "toString"])(
  "%j is no country of its own",
  (country) => {
    expect(names(country)).toEqual(["one"]);
  },
);
