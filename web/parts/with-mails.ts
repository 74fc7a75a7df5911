import { html, type TemplateResult } from "lit";

/**
 * A text in which mails stay whole: each goes to the next line before it is torn at a hyphen, and is torn only where it
 * is longer than a line. Needs the class `mail`. The longest first, as one may end like another.
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
