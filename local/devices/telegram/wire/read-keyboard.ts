import * as z from "zod/mini";
import type { Keyboard } from "../chats/chat.ts";
import { badRequest } from "./outcome.ts";
import type { Failure } from "./outcome.ts";
import { structureOf } from "./parameters.ts";

const Markup = z.object({ inline_keyboard: z.optional(z.unknown()) });
const Button = z.object({
  text: z.string(),
  callback_data: z.optional(z.string()),
  url: z.optional(z.string()),
});

const MAX_DATA_BYTES = 64;

/** The buttons under a message; none if the parameter is missing. Refuses what Telegram refuses. */
export function readKeyboard(replyMarkup: unknown): Keyboard | Failure {
  if (replyMarkup === undefined || replyMarkup === null || replyMarkup === "") return [];
  const structure = structureOf(replyMarkup);
  if (structure === undefined) return badRequest("can't parse reply keyboard markup JSON object");
  const markup = Markup.safeParse(structure);
  if (!markup.success) return badRequest("object expected as reply markup");
  const rows = markup.data.inline_keyboard;
  if (rows === undefined)
    return badRequest("the local fake of Telegram only knows inline keyboards");
  if (!isRows(rows))
    return badRequest(
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    );
  const keyboard: Keyboard = [];
  for (const row of rows) {
    const buttons: Keyboard[number] = [];
    for (const each of row) {
      const button = readButton(each);
      if ("kind" in button) return button;
      buttons.push(button);
    }
    if (buttons.length > 0) keyboard.push(buttons);
  }
  return keyboard;
}

function readButton(value: unknown): Keyboard[number][number] | Failure {
  const refuse = (reason: string): Failure =>
    badRequest(`can't parse inline keyboard button: ${reason}`);
  const parsed = Button.safeParse(value);
  if (!parsed.success)
    return refuse(
      typeof value === "object" && value !== null
        ? 'Can\'t find field "text"'
        : "InlineKeyboardButton must be an Object",
    );
  const { text, url = "", callback_data: data = "" } = parsed.data;
  if (url === "" && data === "") return refuse("Text buttons are unallowed in the inline keyboard");
  if (text.trim() === "") return badRequest("inline keyboard button text must be non-empty");
  if (url !== "") return { text, url };
  return Buffer.byteLength(data) > MAX_DATA_BYTES
    ? badRequest("BUTTON_DATA_INVALID")
    : { text, callback_data: data };
}

function isRows(value: unknown): value is unknown[][] {
  return Array.isArray(value) && value.every((row) => Array.isArray(row));
}
