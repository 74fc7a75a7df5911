import type { MessageEntity } from "grammy/types";
import { parseHtml } from "./html.ts";
import type { FormattedText } from "./html.ts";
import { badRequest } from "./outcome.ts";
import type { Failure } from "./outcome.ts";
import { structureOf, textOf } from "./parameters.ts";
import type { Parameters } from "./parameters.ts";

/** In UTF-16 code units, without the markup. */
export const MAX_TEXT_LENGTH = 4096;
const MAX_SOURCE_BYTES = 1 << 15;

/** The text that a bot sends, as people see it, with the entities that its markup makes. */
export function readText(parameters: Parameters, tooLong: string): FormattedText | Failure {
  const source = textOf(parameters["text"]);
  if (Buffer.byteLength(source) > MAX_SOURCE_BYTES) return badRequest("text is too long");
  const formatted = format(source, parameters);
  if ("kind" in formatted) return formatted;
  const trimmed = trim(formatted);
  if (trimmed.text === "") return badRequest("message text is empty");
  return trimmed.text.length > MAX_TEXT_LENGTH ? badRequest(tooLong) : trimmed;
}

function format(source: string, parameters: Parameters): FormattedText | Failure {
  switch (textOf(parameters["parse_mode"]).toLowerCase()) {
    case "":
    case "none": {
      const entities = structureOf(parameters["entities"]) ?? [];
      return Array.isArray(entities)
        ? { text: source, entities: entities as MessageEntity[] }
        : badRequest("can't parse entities: expected an Array of MessageEntity");
    }
    case "html": {
      const parsed = parseHtml(source);
      return "invalid" in parsed ? badRequest(`can't parse entities: ${parsed.invalid}`) : parsed;
    }
    case "markdown":
    case "markdownv2":
      return badRequest("the local fake of Telegram only knows the parse_mode HTML");
    default:
      return badRequest("unsupported parse_mode");
  }
}

/** Telegram cuts white space off both ends. */
function trim({ text, entities }: FormattedText): FormattedText {
  const trimmed = text.trim();
  const cut = text.length - text.trimStart().length;
  return {
    text: trimmed,
    entities: entities.flatMap((entity) => {
      const offset = Math.max(0, entity.offset - cut);
      const end = Math.min(trimmed.length, entity.offset - cut + entity.length);
      return end > offset ? [{ ...entity, offset, length: end - offset }] : [];
    }),
  };
}
