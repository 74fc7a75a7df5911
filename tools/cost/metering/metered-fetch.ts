import { setImmediate } from "node:timers/promises";
import type { Meter } from "./meter.ts";

/** A message that the bot sent. `buttons` maps each button's text to the data that a tap sends back. */
export type Sent = {
  readonly chatId: number;
  readonly messageId: number;
  readonly buttons: ReadonlyMap<string, string>;
};

/**
 * A fake of Telegram and the carrier, with the parts that the adapters use. It replaces the global `fetch` by one that
 * counts requests and answers them. `stop` restores the real `fetch`.
 */
export const meterFetch = (meter: Meter) => {
  const real = globalThis.fetch;
  const sent: Sent[] = [];
  let callCode = "";
  let ids = 100_000_000;
  globalThis.fetch = (to, init) => {
    const { pathname } = new URL(to instanceof Request ? to.url : to);
    const operation = pathname.split("/").at(-1) ?? "";
    const body = typeof init?.body === "string" ? init.body : "";
    return meter.call({ to: "outside", operation, bytes: Buffer.byteLength(body) }, async () => {
      // Requests that run side by side must not look like a series.
      await setImmediate();
      ids += 1;
      if (operation === "initCall") callCode = (JSON.parse(body) as { code: string }).code;
      if (operation === "sendMessage") sent.push(readMessage(JSON.parse(body) as Message, ids));
      return Response.json(answerOf(operation, ids));
    });
  };
  return {
    /** The last message to one chat. Throws if there is none. */
    lastTo(chatId: number): Sent {
      const last = sent.findLast((one) => one.chatId === chatId);
      if (!last) throw new Error("Nothing was sent there.");
      return last;
    },
    /** The code of the last call. */
    callCode: () => callCode,
    stop() {
      globalThis.fetch = real;
    },
  };
};

/** The parts of a message that this fake reads, as the bot's adapter writes them. */
type Message = {
  readonly chat_id: number;
  readonly reply_markup?: {
    readonly inline_keyboard: readonly (readonly { text: string; callback_data: string }[])[];
  };
};

const readMessage = (
  { chat_id: chatId, reply_markup: markup }: Message,
  messageId: number,
): Sent => ({
  chatId,
  messageId,
  buttons: new Map(
    markup?.inline_keyboard.flat().map(({ text, callback_data: data }) => [text, data]),
  ),
});

const answerOf = (operation: string, id: number): object => {
  switch (operation) {
    case "initCall":
      return { status: true, ucaller_id: id };
    case "getInfo":
      return { status: true, call_status: 1 };
    case "sendMessage":
      return { ok: true, result: { message_id: id } };
    case "editMessageText":
    case "answerCallbackQuery":
      return { ok: true, result: true };
    default:
      throw new Error(`Nobody outside knows ${operation}.`);
  }
};
