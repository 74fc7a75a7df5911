import { firstOffered, type Language, type Offered } from "../language.ts";
import { texts } from "./texts.ts";

/** The person's last choices in this browser. They are conveniences, so a browser that keeps nothing is no fault. */
type Preference = "language" | "theme";
export type Theme = "light" | "dark";

const key = (name: Preference) => `fernway-${name}`;

const recall = (name: Preference): string | null => {
  try {
    return localStorage.getItem(key(name));
  } catch {
    return null;
  }
};

export const remember = (name: Preference, value: Language | Theme): void => {
  try {
    localStorage.setItem(key(name), value);
  } catch {
    // Storage is switched off or full: the choice holds until the person leaves the page.
  }
};

/** The languages of the menu's options, in their order. The page's author decided them there. */
export const offeredBy = (options: readonly { readonly value: string }[]): Offered => {
  const isLanguage = (value: string): value is Language => Object.hasOwn(texts, value);
  const [first, ...others] = options.map(({ value }) => value).filter(isLanguage);
  if (first === undefined) throw new Error("The page offers no language.");
  return [first, ...others];
};

/**
 * The language that the person chose here, else the first of the reader's languages, if the page offers it. The page
 * may no longer offer a language that the person chose earlier.
 */
export const preferredLanguage = (offered: Offered): Language => {
  const chosen = recall("language");
  return firstOffered(offered, [...(chosen === null ? [] : [chosen]), ...navigator.languages]);
};

/** The theme that the person chose here; undefined means the system's theme. */
export const chosenTheme = (): Theme | undefined => {
  const chosen = recall("theme");
  return chosen === "light" || chosen === "dark" ? chosen : undefined;
};
