/**
 * The one list of all languages in which the service has words. A new language needs an entry here and its words in
 * each catalogue; a catalogue that lacks it does not compile.
 */
export const everyLanguage = ["en", "uk", "ru"] as const;

export type Locale = (typeof everyLanguage)[number];

/** The languages in which the service speaks to people. A person who speaks none of them gets the first. */
export type Languages = readonly [Locale, ...Locale[]];

/**
 * The offered language for a person with this language tag (IETF's, BCP 47): the same language in any region, otherwise
 * the first. All texts for people use this function. So the service never speaks a language that is not offered, even
 * to an account that got such a language from its host or from Telegram.
 */
export const nearest = (languages: Languages, tag: string | undefined): Locale => {
  const own = tag?.split("-")[0]?.toLowerCase();
  return languages.find((language) => language === own) ?? languages[0];
};

/**
 * The languages with these names. Throws if a language has no words (a misspelt name must not silently become another
 * language), if a name comes twice, and if there is no name.
 */
export function checkLanguages(names: readonly string[]): Languages {
  const [first, ...others] = names.map(known);
  if (first === undefined) throw new Error("languages must name one at least.");
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`languages names ${twice} twice.`);
  return [first, ...others];
}

/**
 * Reads the languages from a function's environment variable, such as `uk,en`. Without the variable: every language.
 * Throws as `checkLanguages` does.
 */
export const readLanguages = (text: string | undefined): Languages =>
  text === undefined ? everyLanguage : checkLanguages(text === "" ? [] : text.split(","));

const known = (name: string): Locale => {
  const found = everyLanguage.find((language) => language === name);
  if (found !== undefined) return found;
  throw new Error(
    `languages names ${JSON.stringify(name)}; there are words for ${everyLanguage.join(", ")}.`,
  );
};
