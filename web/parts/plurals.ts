import type { Language } from "../language.ts";

/** The forms of a phrase; `#` stands for the number. Russian and Ukrainian have all of them, English two. */
export type Forms = {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
};

/** Makes a phrase with a number in the form that the language uses for that number. */
export const plurals = (language: Language, forms: Forms): ((count: number) => string) => {
  const rules = new Intl.PluralRules(language);
  return (count) => {
    const category = rules.select(count);
    const form = category === "zero" || category === "two" ? undefined : forms[category];
    return (form ?? forms.other).replace("#", new Intl.NumberFormat(language).format(count));
  };
};
