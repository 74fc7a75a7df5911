import type { MessageEntity } from "grammy/types";
import { decodeReference, readStartTag } from "./html-tag.ts";
import type { StartTag } from "./html-tag.ts";

export type FormattedText = { text: string; entities: MessageEntity[] };

type Open = StartTag & { offset: number };

/**
 * Reads Telegram's HTML (Bot API, "HTML style") into plain text and entities.
 * Refuses what Telegram refuses, in the same words. The offsets in these words count bytes of UTF-8.
 */
export function parseHtml(html: string): FormattedText | { invalid: string } {
  const open: Open[] = [];
  const entities: MessageEntity[] = [];
  let text = "";
  let position = 0;
  const where = (at: number): number => Buffer.byteLength(html.slice(0, at));

  while (position < html.length) {
    const begin = position;
    const char = html.charAt(position);
    if (char === "&") {
      const reference = decodeReference(html, position);
      text += reference?.text ?? char;
      position = reference?.end ?? position + 1;
    } else if (char !== "<") {
      text += char;
      position += 1;
    } else if (html.charAt(position + 1) !== "/") {
      const tag = readStartTag(html, position, where(begin));
      if ("invalid" in tag) return tag;
      open.push({ ...tag, offset: text.length });
      position = tag.end;
    } else {
      const [matched, name = ""] = /^<\/([^\s>]*)\s*>/.exec(html.slice(position)) ?? [];
      const last = open.pop();
      if (!last) return { invalid: `Unexpected end tag at byte offset ${where(begin)}` };
      if (matched === undefined)
        return { invalid: `Unclosed end tag at byte offset ${where(begin)}` };
      const found = name.toLowerCase();
      if (found !== "" && found !== last.name)
        return {
          invalid: `Unmatched end tag at byte offset ${where(begin)}, expected "</${last.name}>", found "</${found}>"`,
        };
      if (text.length > last.offset) entities.push(...entityOf(last, text));
      position += matched.length;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed)
    return { invalid: `Can't find end tag corresponding to start tag "${unclosed.name}"` };
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities };
}

function entityOf({ name, argument, offset }: Open, text: string): MessageEntity[] {
  const length = text.length - offset;
  switch (name) {
    case "b":
    case "strong":
      return [{ type: "bold", offset, length }];
    case "i":
    case "em":
      return [{ type: "italic", offset, length }];
    case "u":
    case "ins":
      return [{ type: "underline", offset, length }];
    case "s":
    case "strike":
    case "del":
      return [{ type: "strikethrough", offset, length }];
    case "span":
    case "tg-spoiler":
      return [{ type: "spoiler", offset, length }];
    case "blockquote":
      return [{ type: argument === "" ? "blockquote" : "expandable_blockquote", offset, length }];
    case "code":
      return [{ type: "code", offset, length }];
    case "pre":
      return [{ type: "pre", offset, length }];
    case "a": {
      const url = argument === "" ? text.slice(offset) : argument;
      return URL.canParse(url) ? [{ type: "text_link", offset, length, url }] : [];
    }
    default:
      return [];
  }
}
