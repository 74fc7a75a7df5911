import { html } from "lit";
import type { TemplateResult } from "lit";
import type { ShownEntity } from "../../world/world.ts";
import { stretchesOf } from "../state/rich-text.ts";

type Content = TemplateResult | string;

/** A message with its bold, its code and its links. */
export function richText(text: string, entities: readonly ShownEntity[]): Content[] {
  return stretchesOf(text, entities).map(({ text: stretch, marks, url }) =>
    [...marks].reverse().reduce<Content>((inner, mark) => marked(mark, inner, url), stretch),
  );
}

/** Shows an unknown type as plain text, as Telegram's older apps do. */
function marked(type: string, inner: Content, url: string | undefined): Content {
  switch (type) {
    case "bold":
      return html`<b>${inner}</b>`;
    case "italic":
      return html`<i>${inner}</i>`;
    case "underline":
      return html`<u>${inner}</u>`;
    case "strikethrough":
      return html`<s>${inner}</s>`;
    case "code":
    case "pre":
      return html`<code>${inner}</code>`;
    case "bot_command":
      return html`<span class="command">${inner}</span>`;
    case "text_link":
      return html`<a href=${safe(url)} target="_blank" rel="noreferrer">${inner}</a>`;
    default:
      return inner;
  }
}

/** A bot's link must not become a script of this page. */
const safe = (url: string | undefined): string =>
  url !== undefined && /^https?:\/\//i.test(url) ? url : "#";
