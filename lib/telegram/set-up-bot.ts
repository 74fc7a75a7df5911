import type { Api } from "grammy/web";
import type { BotCommand } from "grammy/types";
import { everyLanguage, type Languages, type Locale } from "../settings/languages.ts";
import { catalogues } from "./messages/messages.ts";

export type BotSetup = {
  readonly webhookUrl: string;
  /** What Telegram sends along with every update. */
  readonly webhookSecret: string;
  /** Whose token it should be, without regard to case and with or without @. */
  readonly username: string;
  /** In which the bot says what it understands, and in no other. */
  readonly languages: Languages;
  /** Whether updates that wait at Telegram were meant for somebody else. */
  readonly dropPending: boolean;
};

export type SetUpOutcome =
  | { readonly kind: "set_up"; readonly username: string }
  | { readonly kind: "another_bot"; readonly username: string };

/**
 * Tells Telegram where to report and what the bot understands, after making sure that the token is of the bot that was
 * meant: users are sent to that one. Repeating it changes nothing. Throws what grammY throws.
 */
export const setUpBot = async (api: Api, setup: BotSetup): Promise<SetUpOutcome> => {
  const { username } = await api.getMe();
  if (!sameUsername(username, setup.username)) return { kind: "another_bot", username };
  // Commands first: once the webhook is set, users may come.
  await setCommands(api, setup.languages);
  await setWebhook(api, setup);
  return { kind: "set_up", username };
};

/** Telegram shows everybody else the list that is of no language. What an earlier deploy set in others is taken away. */
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
    // What the bot acts on. Everything else, such as groups' messages being edited, is noise that somebody pays for.
    allowed_updates: ["message", "callback_query", "my_chat_member"],
    drop_pending_updates: dropPending,
    max_connections: 40,
  });
};

/** Has Telegram send another secret to where it reports already. */
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

/** Telegram's usernames do not tell case apart. */
export const sameUsername = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (username: string) => username.replace(/^@/, "").toLowerCase();

const commandsIn = (language: Locale): BotCommand[] => {
  const { help, start } = catalogues[language].commands;
  return [
    { command: "help", description: help },
    { command: "start", description: start },
  ];
};
