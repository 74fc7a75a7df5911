import { expect, test } from "vitest";
import { everyLanguage } from "../../lib/settings/languages.ts";
import * as secondStep from "../../web/second-step/texts/texts.ts";
import * as signIn from "../../web/sign-in/texts/texts.ts";

const languages = everyLanguage;

/** Every text by its path; functions are called with a number that no text has by itself. */
const textsOf = (at: unknown, path = ""): [path: string, text: string][] => {
  if (typeof at === "string") return [[path, at]];
  if (typeof at === "function") {
    const call = at as (...values: number[]) => string;
    return [[path, call(777, 777)]];
  }
  return Object.entries(at as object).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
};

const hasValue = (text: string) => text.includes("777");

test.each([
  ["second step", secondStep.textsIn],
  ["sign-in", signIn.textsIn],
] as const)("the %s says everything in every language, with the same values", (_, textsIn) => {
  const [en, ...others] = languages.map((language) => textsOf(textsIn(language)));
  for (const texts of [en ?? [], ...others]) {
    expect(texts.filter(([, text]) => text.trim() === "")).toEqual([]);
    expect(texts.map(([path, text]) => [path, hasValue(text)])).toEqual(
      (en ?? []).map(([path, text]) => [path, hasValue(text)]),
    );
  }
});

test("numbers take the form that the language wants", () => {
  const left = (language: (typeof languages)[number]) =>
    [1, 2, 5, 21].map((count) => secondStep.textsIn(language).recovery.left(count));
  expect(left("en")).toEqual([
    "You have 1 code left.",
    "You have 2 codes left.",
    "You have 5 codes left.",
    "You have 21 codes left.",
  ]);
  expect(left("uk").map((text) => text.split(" ").slice(-3).join(" "))).toEqual([
    "залишився 1 код.",
    "залишилося 2 коди.",
    "залишилося 5 кодів.",
    "залишився 21 код.",
  ]);
  expect(left("ru").map((text) => text.split(" ").slice(-3).join(" "))).toEqual([
    "остался 1 код.",
    "осталось 2 кода.",
    "осталось 5 кодов.",
    "остался 21 код.",
  ]);
});
