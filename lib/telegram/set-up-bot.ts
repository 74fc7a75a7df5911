import type { Api } from "grammy/web";
import type { BotCommand } from "grammy/types";
import { everyLanguage, type Languages, type Locale } from "../settings/languages.ts";
import { catalogues } from "./messages/messages.ts";

export type BotSetup = {
  readonly webhookUrl: string;
  /** Telegram sends it with every update. */
  readonly webhookSecret: string;
  /** The bot that the token should belong to, without regard to case and with or without @. */
  readonly username: string;
  /** The bot describes its commands in these languages, and in no other. */
  readonly languages: Languages;
  /** True: Telegram drops the updates that wait there, because they were meant for somebody else. */
  readonly dropPending: boolean;
};

export type SetUpOutcome =
  | { readonly kind: "set_up"; readonly username: string }
  | { readonly kind: "another_bot"; readonly username: string };

/**
 * Tells Telegram where to send updates and which commands the bot understands. It first makes sure that the token
 * belongs to the expected bot, because users are sent to that one. Repeating it changes nothing. Throws what grammY
 * throws.
 */
export const setUpBot = async (api: Api, setup: BotSetup): Promise<SetUpOutcome> => {
  const { username } = await api.getMe();
  if (!sameUsername(username, setup.username)) return { kind: "another_bot", username };
  // Commands first: once the webhook is set, users may come.
  await setCommands(api, setup.languages);
  await setWebhook(api, setup);
  return { kind: "set_up", username };
};

/**
 * Telegram shows the list without a language to everybody else. This deletes what an earlier deploy set in other
 * languages.
 */
const setCommands = async (api: Api, languages: Languages): Promise<void> => {
  await api.setMyCommands(commandsIn(languages[0]));
  for (const language of everyLanguage) {
    const only = { language_code: language };
    await (languages.includes(language)
      ? api.setMyCommands(commandsIn(language), only)
      : api.deleteMyCommands(only));
  }
};

const setWebhook = async (
  api: Api,
  { webhookUrl, webhookSecret, dropPending }: Omit<BotSetup, "username" | "languages">,
): Promise<void> => {
  await api.setWebhook(webhookUrl, {
    secret_token: webhookSecret,
    // The bot acts on these updates. Everything else, such as an edited message in a group, is noise that somebody pays
    // for.
    allowed_updates: ["message", "callback_query", "my_chat_member"],
    drop_pending_updates: dropPending,
    max_connections: 40,
  });
};

/** Makes Telegram send another secret to the address that it already reports to. */
export const renewWebhookSecret = async (
  api: Api,
  webhookSecret: string,
): Promise<"registered" | "no_webhook"> => {
  const { url: webhookUrl } = await api.getWebhookInfo();
  if (!webhookUrl) return "no_webhook";
  await setWebhook(api, { webhookUrl, webhookSecret, dropPending: false });
  return "registered";
};

/** Stops Telegram's calls, unless they go elsewhere by now: another stack may have taken the bot over. */
export const removeWebhook = async (
  api: Api,
  webhookUrl: string,
): Promise<"removed" | "not_ours"> => {
  const { url } = await api.getWebhookInfo();
  if (url !== webhookUrl) return "not_ours";
  await api.deleteWebhook();
  return "removed";
};

/** Telegram's usernames do not distinguish case. */
export const sameUsername = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (username: string) => username.replace(/^@/, "").toLowerCase();

const commandsIn = (language: Locale): BotCommand[] => {
  const { help, start } = catalogues[language].commands;
  return [
    { command: "help", description: help },
    { command: "start", description: start },
  ];
};
