import type { APIGatewayProxyEventV2, Context, SQSEvent } from "aws-lambda";
import { telegramSender } from "../../../functions/telegram-sender/sender-handler.ts";
import { telegramWebhook } from "../../../functions/telegram-webhook/webhook.ts";
import { dynamoAccountIndex } from "../../../lib/runtime/dynamo-account-index.ts";
import type { Table } from "../../../lib/runtime/dynamo-table.ts";
import type { TelegramJob } from "../../../lib/telegram/telegram-queue.ts";
import { dynamoClaims } from "../../../lib/runtime/dynamo-claims.ts";
import { dynamoCounter } from "../../../lib/runtime/dynamo-counter.ts";
import type { TestServices } from "../../../test/support/services.ts";
import { everyLanguage } from "../../../lib/settings/languages.ts";
import { botActions } from "../../../lib/telegram/bot-actions.ts";
import { makeBot } from "../../../lib/telegram/bot.ts";
import { grammyTelegramApi } from "../../../lib/telegram/grammy-telegram-api.ts";
import { oneInstance } from "../../../test/support/service-instances.ts";
import { webhookEvent } from "../../../test/support/service-telegram.ts";

const settings = {
  token: "1000000000:a-token-of-the-bot",
  apiRoot: "https://api.telegram.org",
  username: "twostep_bot",
  service: "Twostep",
  languages: everyLanguage,
};

/** The bot's two functions, composed as in their `index.ts`. */
export const meteredBot = (services: TestServices, table: Table) => {
  const index = dynamoAccountIndex(table);
  const bot = makeBot(
    settings,
    botActions({
      services,
      index,
      updates: dynamoClaims(table, "telegram-update"),
      talks: dynamoCounter(table, "telegram-talk"),
    }),
    services.log,
  );
  const webhook = telegramWebhook({
    services,
    webhookSecrets: oneInstance.webhookSecrets,
    bot: () => Promise.resolve(bot),
  });
  const api = grammyTelegramApi(settings.token, settings.apiRoot);
  const sender = telegramSender({
    ...services,
    api: () => Promise.resolve(api),
    index,
    claims: dynamoClaims(table, "telegram-notice"),
    service: settings.service,
    languages: settings.languages,
    failedJobs: { hide: () => Promise.reject(new Error("No job fails while it is metered.")) },
  });
  let updates = 500_000_000;

  return {
    /** The event that Telegram posts when a person writes or taps. */
    updateEvent(update: object): APIGatewayProxyEventV2 {
      updates += 1;
      return webhookEvent(JSON.stringify({ update_id: updates, ...update }));
    },
    webhook: (event: APIGatewayProxyEventV2) => webhook(event, {} as Context),
    async send(job: TelegramJob): Promise<void> {
      const attributes = { ApproximateReceiveCount: "1" };
      const record = { messageId: "message", body: JSON.stringify(job), attributes };
      const { batchItemFailures } = await sender({ Records: [record] } as SQSEvent);
      if (batchItemFailures.length > 0) throw new Error("The sender failed.");
    },
  };
};

const chatOf = (userId: number) => ({ id: userId, type: "private" });
const userOf = (userId: number) => ({
  id: userId,
  is_bot: false,
  first_name: "Ann",
  username: "ann",
  language_code: "en",
});

/** `/start` with a link's token, as a phone sends it. */
export const startCommand = (userId: number, token: string): object => ({
  message: {
    message_id: 10_000,
    date: 0,
    from: userOf(userId),
    chat: chatOf(userId),
    text: `/start ${token}`,
    entities: [{ type: "bot_command", offset: 0, length: 6 }],
  },
});

/** A tap on a button. */
export const tapOn = (userId: number, messageId: number, data: string): object => ({
  callback_query: {
    id: "4382bfdwdsb323b2d9",
    from: userOf(userId),
    chat_instance: "-3788457843687239",
    data,
    message: { message_id: messageId, date: 0, chat: chatOf(userId) },
  },
});
