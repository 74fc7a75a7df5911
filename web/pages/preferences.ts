import { firstOffered, type Language, type Offered } from "../language.ts";
import { texts } from "./texts.ts";

/** What this browser was told last; both are conveniences, so a browser that keeps nothing is no fault. */
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
    // Storage is switched off or full: the choice holds until the page is left.
  }
};

/** What the menu's options offer, in their order: whoever made the page decided it there. */
export const offeredBy = (options: readonly { readonly value: string }[]): Offered => {
  const isLanguage = (value: string): value is Language => Object.hasOwn(texts, value);
  const [first, ...others] = options.map(({ value }) => value).filter(isLanguage);
  if (first === undefined) throw new Error("The page offers no language.");
  return [first, ...others];
};

/** The language chosen here, else the reader's first, of those on offer: what was chosen may be offered no more. */
export const preferredLanguage = (offered: Offered): Language => {
  const chosen = recall("language");
  return firstOffered(offered, [...(chosen === null ? [] : [chosen]), ...navigator.languages]);
};

/** The theme chosen here; undefined: the system's. */
export const chosenTheme = (): Theme | undefined => {
  const chosen = recall("theme");
  return chosen === "light" || chosen === "dark" ? chosen : undefined;
};
