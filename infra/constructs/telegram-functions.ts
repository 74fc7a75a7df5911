import { signedIn } from "./accounts-table.ts";
import type { FunctionParts } from "./function-parts.ts";

export const telegramSenderTimeoutSeconds = 30;

/** The functions for linking, for the bot's updates, for its messages, and for its registration with Telegram. */
export const telegramFunctions = ({
  make,
  makeHttp,
  accounts,
  secrets,
  settings,
  telegramQueue,
  telegramWebhookUrl,
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
        accounts.allow({ "account#*": signedIn, "index#link#*": ["PutItem"] }),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    "telegram-webhook": makeHttp("telegram-webhook", {
      environment: { ...botName, ...apiRoot, ...serviceName, ...speaks },
      access: [
        accounts.allow({
          "account#*": ["GetItem", "PutItem"],
          "index#link#*": ["GetItem"],
          "index#challenge#*": ["GetItem"],
          "claim#telegram-update#*": ["PutItem"],
          "budget#telegram-talk#*": ["GetItem", "UpdateItem"],
        }),
        secrets.allowTelegramBotToken(),
        secrets.allowTelegramWebhookSecret(),
        ...allowEffects(),
      ],
    }),
    "telegram-sender": make("telegram-sender", {
      timeoutSeconds: telegramSenderTimeoutSeconds,
      environment: { ...apiRoot, ...serviceName, ...speaks },
      access: [
        accounts.allow({
          "account#*": ["GetItem", "PutItem"],
          "index#challenge#*": ["PutItem"],
          "claim#telegram-notice#*": ["PutItem"],
        }),
        secrets.allowTelegramBotToken(),
        telegramQueue.allowReceive(),
        // For later jobs of the queue, and for the effects of a challenge that nobody finished.
        ...allowEffects(),
      ],
    }),
    "telegram-setup": make("telegram-setup", {
      timeoutSeconds: 60,
      // For an operator's call. A deploy hands the same over as the custom resource's properties.
      environment: { ...botName, ...apiRoot, ...speaks, TELEGRAM_WEBHOOK_URL: telegramWebhookUrl },
      access: [secrets.allowTelegramBotToken(), secrets.allowTelegramWebhookSecret()],
    }),
  };
};
