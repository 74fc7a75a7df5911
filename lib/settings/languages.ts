/**
 * Every language that there are words for: the one list of them. A language is a line here and its words in each
 * catalogue; a catalogue that lacks it does not compile.
 */
export const everyLanguage = ["en", "uk", "ru"] as const;

export type Locale = (typeof everyLanguage)[number];

/** The languages in which the service speaks to people; the first one is for whoever has none of them. */
export type Languages = readonly [Locale, ...Locale[]];

/**
 * The offered language to speak with somebody whose own is this tag (IETF's, BCP 47): the same one whatever the region,
 * else the first. Everything that is said to people asks here, so a language that is not offered is never spoken, also
 * to accounts that were told it by their host or by Telegram.
 */
export const nearest = (languages: Languages, tag: string | undefined): Locale => {
  const own = tag?.split("-")[0]?.toLowerCase();
  return languages.find((language) => language === own) ?? languages[0];
};

/**
 * The languages of these names. Throws for one that there are no words for, for one that is named twice, and for none at
 * all: a language that was misspelt must not quietly be another.
 */
export function checkLanguages(names: readonly string[]): Languages {
  const [first, ...others] = names.map(known);
  if (first === undefined) throw new Error("languages must name one at least.");
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`languages names ${twice} twice.`);
  return [first, ...others];
}

/** As a function finds them in its environment, `uk,en`; every language where nothing is said. Throws as `checkLanguages`. */
export const readLanguages = (text: string | undefined): Languages =>
  text === undefined ? everyLanguage : checkLanguages(text === "" ? [] : text.split(","));

const known = (name: string): Locale => {
  const found = everyLanguage.find((language) => language === name);
  if (found !== undefined) return found;
  throw new Error(
    `languages names ${JSON.stringify(name)}; there are words for ${everyLanguage.join(", ")}.`,
  );
};
