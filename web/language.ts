/** The languages that the elements speak. */
export type Language = "en" | "uk" | "ru";

const languages: readonly string[] = ["en", "uk", "ru"] satisfies Language[];
const isLanguage = (tag: string | undefined): tag is Language =>
  tag !== undefined && languages.includes(tag);

/**
 * The language of an element: that of the page around it (the nearest `lang`), else the reader's first that we speak,
 * else English.
 */
export function languageOf(
  element: Element,
  preferred: readonly string[] = navigator.languages,
): Language {
  const around = closestLang(element);
  return (
    [around, ...preferred].map((tag) => tag?.split("-")[0]?.toLowerCase()).find(isLanguage) ?? "en"
  );
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
