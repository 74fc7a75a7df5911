import fc from "fast-check";
import { expect, test } from "vitest";
import { everyLanguage, nearest, readLanguages } from "../../lib/settings/languages.ts";

test.each([
  ["uk", "uk"],
  ["uk-UA", "uk"],
  ["RU", "ru"],
  ["en-GB", "en"],
  ["de", "en"],
  ["", "en"],
  [undefined, "en"],
])("where all are offered, %s is spoken to in %s", (tag, language) => {
  expect(nearest(everyLanguage, tag)).toBe(language);
});

test.each([
  ["ru", "uk"],
  ["ru-UA", "uk"],
  ["en-US", "en"],
  ["de", "uk"],
  [undefined, "uk"],
])("where Ukrainian and English are offered, %s is spoken to in %s", (tag, language) => {
  expect(nearest(["uk", "en"], tag)).toBe(language);
});

test("whatever somebody's language is, an offered one is spoken", () => {
  const offered = fc.shuffledSubarray([...everyLanguage], { minLength: 1 });
  const tag = fc.option(fc.oneof(fc.constantFrom(...everyLanguage, "ru-RU"), fc.string()));
  fc.assert(
    fc.property(offered, tag, (names, own) => {
      expect(names).toContain(nearest(readLanguages(names.join(",")), own ?? undefined));
    }),
  );
});

test("the variable names languages in order; without it all are offered", () => {
  expect(readLanguages("uk,en")).toEqual(["uk", "en"]);
  expect(readLanguages("ru")).toEqual(["ru"]);
  expect(readLanguages(undefined)).toEqual(everyLanguage);
});

test.each([
  ["an unknown language", "uk,de", 'names "de"'],
  ["a region, which nobody has words for", "uk-UA", 'names "uk-UA"'],
  ["a blank", "uk, en", 'names " en"'],
  ["capitals", "UK", 'names "UK"'],
  ["a repeated one", "uk,en,uk", "names uk twice"],
  ["an empty one", "uk,", 'names ""'],
  ["none at all", "", "one at least"],
])("%s is refused", (_, text, why) => {
  expect(() => readLanguages(text)).toThrow(why);
});
