import type { FunctionParts } from "./service-functions.ts";

export const telegramSenderTimeoutSeconds = 30;

/** Linking, the bot's ears, its mouth, and what introduces it to Telegram. */
export const telegramFunctions = ({
  make,
  makeHttp,
  accounts,
  secrets,
  settings,
  telegramQueue,
  speaks,
  allowEffects,
  allowCallerAddress,
}: FunctionParts) => {
  const botName = { TELEGRAM_BOT_USERNAME: settings.telegramBotUsername };
  const apiRoot = { TELEGRAM_API_ROOT: settings.telegramApiRoot };
  const serviceName = { SERVICE_NAME: settings.serviceName };
  return {
    telegram: makeHttp("telegram", {
      environment: botName,
      access: [
        accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    "telegram-webhook": makeHttp("telegram-webhook", {
      environment: { ...botName, ...apiRoot, ...serviceName, ...speaks },
      access: [
        accounts.allow("GetItem", "PutItem", "UpdateItem"),
        secrets.allowTelegramBotToken(),
        secrets.allowTelegramWebhookSecret(),
        ...allowEffects(),
      ],
    }),
    "telegram-sender": make("telegram-sender", {
      timeoutSeconds: telegramSenderTimeoutSeconds,
      environment: { ...apiRoot, ...serviceName, ...speaks },
      access: [
        accounts.allow("GetItem", "PutItem", "UpdateItem"),
        secrets.allowTelegramBotToken(),
        telegramQueue.allowReceive(),
        ...allowEffects(),
      ],
    }),
    "telegram-setup": make("telegram-setup", {
      timeoutSeconds: 60,
      access: [secrets.allowTelegramBotToken(), secrets.allowTelegramWebhookSecret()],
    }),
  };
};
