import type { SendResult } from "./send-prompt.ts";

/** Rows of buttons: the text of each, and the data that a tap on it sends back. */
export type Buttons = readonly (readonly { readonly text: string; readonly data: string }[])[];

export type EditResult =
  /** The message was edited, or it never can be: deleted, blocked, too old, or it has this text already. */
  | { readonly kind: "done" }
  | { readonly kind: "later"; readonly seconds: number }
  /** Telegram did not answer as it should; try again. */
  | { readonly kind: "failed" };

/** What the service says in chats. No call throws for an error of Telegram or of the network. */
export type TelegramApi = {
  send(chatId: number, html: string, buttons: Buttons): Promise<SendResult>;
  edit(chatId: number, messageId: number, html: string): Promise<EditResult>;
};
