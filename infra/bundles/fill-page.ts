import type { Languages } from "../../lib/settings/languages.ts";
import { texts } from "../../web/pages/texts.ts";

/**
 * Fills the panel's page for these languages. The page's menu tells its module which languages it may use, so the menu
 * has these, in this order, and no others. With one language there is no choice, and the menu is hidden. What the page
 * says before its module runs is in the first language. Throws where the page lacks a place that this function fills: a
 * half-translated page must not be deployed.
 */
export const fillPage = (html: string, languages: Languages): string => {
  const said: Readonly<Record<string, string>> = texts[languages[0]];
  const options = languages.map((language) => optionOf(html, language));
  const fill: readonly [RegExp, (...found: string[]) => string][] = [
    [/(<html lang=")\w+/, (_, before = "") => before + languages[0]],
    [/^ *<option [^]*<\/option>\n/m, () => options.join("")],
    [/(<label class="chooser")/, (label) => label + (languages.length > 1 ? "" : " hidden")],
    [
      /(data-text="(\w+)"[^>]*>)([^<]*)/g,
      (_, before = "", key = "", written = "") =>
        before + written.replace(written.trim(), () => textOf(said, key)),
    ],
    [
      /(data-label="(\w+)"\s+aria-label=")[^"]*/g,
      (_, before = "", key = "") => before + textOf(said, key),
    ],
  ];
  return fill.reduce((page, [place, write]) => {
    if (page.search(place) === -1) throw new Error(`The page has nothing like ${place.source}.`);
    return page.replace(place, write);
  }, html);
};

/** Returns the language's whole line of the menu. */
const optionOf = (html: string, language: string): string => {
  const [option] = new RegExp(`^ *<option value="${language}".*</option>\n`, "m").exec(html) ?? [];
  if (option === undefined) throw new Error(`The page's menu has no ${language}.`);
  return option;
};

const textOf = (said: Readonly<Record<string, string>>, key: string): string => {
  const text = said[key];
  if (text === undefined) throw new Error(`The page has no text ${key}.`);
  return text;
};
