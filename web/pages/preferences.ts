import { languageOf, type Language } from "../language.ts";

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

/** The language chosen here, else the reader's first that we speak. */
export const preferredLanguage = (): Language => {
  const chosen = recall("language");
  // Not attached to the page, so that the page's own `lang`, which we are about to set, does not count.
  const nowhere = document.createElement("i");
  return languageOf(nowhere, chosen === null ? undefined : [chosen]);
};

/** The theme chosen here; undefined: the system's. */
export const chosenTheme = (): Theme | undefined => {
  const chosen = recall("theme");
  return chosen === "light" || chosen === "dark" ? chosen : undefined;
};
