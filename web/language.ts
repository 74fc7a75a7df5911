import { everyLanguage, type Languages, type Locale } from "../lib/settings/languages.ts";

/** A language of the elements. They have all languages of the service. */
export type Language = Locale;

/** The languages that a page offers. People who speak none of them get the first one. */
export type Offered = Languages;

/** Finds the first tag whose language the page offers, whatever its region; else takes the first language on offer. */
export const firstOffered = (offered: Offered, tags: readonly (string | undefined)[]): Language =>
  tags
    .map((tag) => tag?.split("-")[0]?.toLowerCase())
    .flatMap((own) => offered.filter((language) => language === own))[0] ?? offered[0];

/**
 * The language of an element: the nearest `lang` of the element or the page around it; else the first of the reader's
 * languages that the elements have; else English.
 */
export function languageOf(
  element: Element,
  preferred: readonly string[] = navigator.languages,
): Language {
  return firstOffered(everyLanguage, [closestLang(element), ...preferred]);
}

/** Also looks outside shadow roots, because a host may embed our element in an element of its own. */
function closestLang(element: Element): string | undefined {
  for (let at: Element | undefined = element; at;) {
    const lang = at.closest("[lang]")?.getAttribute("lang");
    if (lang) return lang;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return undefined;
}
