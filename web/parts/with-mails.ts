import { html, type TemplateResult } from "lit";

/**
 * Keeps mails whole in a text. The browser moves a mail to the next line before it breaks it at a hyphen, and breaks it
 * only if it is longer than a line. The page needs the style of the class `mail`. The function looks for the longest
 * mail first, because one mail may contain another.
 */
export const withMails = (
  text: string,
  ...mails: readonly string[]
): readonly (string | TemplateResult)[] =>
  [...mails]
    .filter((mail) => mail !== "")
    .sort((a, b) => b.length - a.length)
    .reduce<readonly (string | TemplateResult)[]>(
      (parts, mail) =>
        parts.flatMap((part) => (typeof part === "string" ? splitAt(part, mail) : [part])),
      [text],
    );

const splitAt = (text: string, mail: string): (string | TemplateResult)[] =>
  text
    .split(mail)
    .flatMap((piece, at) => (at === 0 ? [piece] : [html`<bdi class="mail">${mail}</bdi>`, piece]));
