import type { Languages } from "../../lib/settings/languages.ts";
import { texts } from "../../web/pages/texts.ts";

/**
 * The panel's page for these languages. Its menu, which tells its module what may be spoken, has them in their order and no other; with one
 * there is nothing to choose, and the menu does not show. What the page says before its module runs is in the first. Throws where the page
 * lacks what this looks for: half of it must not be deployed in another language.
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

/** The whole line of the menu. */
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
