import { everyLanguage, type Languages, type Locale } from "../lib/settings/languages.ts";

/** The languages that the elements speak: all that the service speaks. */
export type Language = Locale;

/** Languages in which a page is spoken; the first one for whoever has none of them. */
export type Offered = Languages;

/** The first of these tags whose language is offered, whatever its region, else the first language on offer. */
export const firstOffered = (offered: Offered, tags: readonly (string | undefined)[]): Language =>
  tags
    .map((tag) => tag?.split("-")[0]?.toLowerCase())
    .flatMap((own) => offered.filter((language) => language === own))[0] ?? offered[0];

/**
 * The language of an element: that of the page around it (the nearest `lang`), else the reader's first that we speak,
 * else English.
 */
export function languageOf(
  element: Element,
  preferred: readonly string[] = navigator.languages,
): Language {
  return firstOffered(everyLanguage, [closestLang(element), ...preferred]);
}

/** Through shadow roots too: a host may embed an element in one of its own. */
function closestLang(element: Element): string | undefined {
  for (let at: Element | undefined = element; at;) {
    const lang = at.closest("[lang]")?.getAttribute("lang");
    if (lang) return lang;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return undefined;
}
