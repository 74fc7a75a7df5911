import type { SendResult } from "./send-prompt.ts";

/** Rows of buttons: what they say, and what a tap on them sends back. */
export type Buttons = readonly (readonly { readonly text: string; readonly data: string }[])[];

export type EditResult =
  /** Edited, or it never can be: deleted, blocked, too old, or it says so already. */
  | { readonly kind: "done" }
  | { readonly kind: "later"; readonly seconds: number }
  /** Telegram did not answer as it should; try again. */
  | { readonly kind: "failed" };

/** What is said in chats. No call throws for what Telegram or the network does. */
export type TelegramApi = {
  send(chatId: number, html: string, buttons: Buttons): Promise<SendResult>;
  edit(chatId: number, messageId: number, html: string): Promise<EditResult>;
};
