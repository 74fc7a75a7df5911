import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { telegramSender } from "../../functions/telegram-sender/sender-handler.ts";
import { telegramWebhook } from "../../functions/telegram-webhook/webhook.ts";
import type { Table } from "../../lib/runtime/dynamo-table.ts";
import type { SendResult } from "../../lib/telegram/send-prompt.ts";
import { dynamoClaims } from "../../lib/runtime/dynamo-claims.ts";
import { dynamoCounter } from "../../lib/runtime/dynamo-counter.ts";
import { everyLanguage } from "../../lib/settings/languages.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import type { TestServices } from "./services.ts";
import { botActions } from "../../lib/telegram/bot-actions.ts";
import { makeBot } from "../../lib/telegram/bot.ts";
import { triesWithin } from "../../lib/settings/back-off.ts";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import type { Buttons, EditResult, TelegramApi } from "../../lib/telegram/telegram-api.ts";
import { inTurns, webhookSecret, type Instance } from "./service-instances.ts";
import { queuedRecord } from "./queued-record.ts";
import type { QueuedJob } from "./service.ts";

export type SentMessage = {
  readonly chatId: number;
  readonly messageId: number;
  html: string;
  buttons: Buttons;
  edited: boolean;
};

export type TestTelegram = {
  /** Every sent message with buttons, such as a prompt, with its present text. */
  readonly messages: SentMessage[];
  /** Every sent message without buttons: the notices to the account's owner. */
  readonly notices: SentMessage[];
  /** The secret that Telegram sends with updates. */
  readonly registered: { secret: string };
  /** The results of the next calls to Telegram, in order. When none is left, calls succeed. */
  readonly faults: { send: SendResult[]; edit: EditResult[] };
  /** Delivers an event to the real webhook. Returns the status of its answer. */
  readonly deliver: (event: APIGatewayProxyEventV2) => Promise<number>;
  /** Delivers an update to the real webhook. Returns the status of its answer. */
  readonly update: (update: Readonly<Record<string, unknown>>) => Promise<number>;
  readonly write: (
    userId: number,
    text: string,
    name?: string,
    language?: string,
  ) => Promise<number>;
  readonly tap: (userId: number, messageId: number, button: string) => Promise<number>;
  /** Runs the due jobs of the queue through the real sender, until none is due. */
  readonly runJobs: () => Promise<void>;
  /** Jobs that the sender has returned too often. */
  readonly deadLetters: QueuedJob[];
};

// As the deployed queue has it.
const tries = triesWithin(defaultLimits.challenge.lifeSeconds);

export const botToken = "1:a-token-of-the-bot";

/** The bot's side of a service: the real webhook and sender, and a fake of Telegram that keeps its messages. */
export const telegramOf = (
  services: TestServices,
  table: Table,
  jobs: QueuedJob[],
  instances: readonly Instance[],
): TestTelegram => {
  const registered = { secret: webhookSecret };
  const messages: SentMessage[] = [];
  const notices: SentMessage[] = [];
  const deadLetters: QueuedJob[] = [];
  const faults: TestTelegram["faults"] = { send: [], edit: [] };
  let last = 100;
  const api: TelegramApi = {
    send(chatId, html, buttons) {
      const fault = faults.send.shift();
      if (fault) return Promise.resolve(fault);
      last += 1;
      const list = buttons.length > 0 ? messages : notices;
      list.push({ chatId, messageId: last, html, buttons, edited: false });
      return Promise.resolve({ kind: "sent", messageId: last });
    },
    edit(chatId, messageId, html) {
      const fault = faults.edit.shift();
      if (fault) return Promise.resolve(fault);
      const message = messages.find((one) => one.chatId === chatId && one.messageId === messageId);
      if (message) Object.assign(message, { html, buttons: [], edited: true });
      return Promise.resolve({ kind: "done" });
    },
  };
  const index = dynamoAccountIndex(table);
  const bot = makeBot(
    // Nothing listens at this address, so the bot's own messages are lost. Nothing else depends on it.
    {
      token: botToken,
      apiRoot: "http://127.0.0.1:9",
      username: "twostep_bot",
      service: "Twostep",
      languages: everyLanguage,
    },
    botActions({
      services,
      index,
      updates: dynamoClaims(table, "telegram-update"),
      talks: dynamoCounter(table, "telegram-talk"),
    }),
    services.log,
  );
  const webhooks = inTurns(
    instances.map(({ webhookSecrets }) =>
      telegramWebhook({ services, webhookSecrets, bot: () => Promise.resolve(bot) }),
    ),
  );
  let hiddenSeconds = 0;
  const sender = telegramSender({
    ...services,
    failedJobs: { hide: (_, seconds) => Promise.resolve(void (hiddenSeconds = seconds)) },
    api: () => Promise.resolve(api),
    index,
    claims: dynamoClaims(table, "telegram-notice"),
    service: "Twostep",
    languages: everyLanguage,
  });

  const deliver: TestTelegram["deliver"] = async (event) =>
    (await webhooks()(event, {} as Context)).statusCode ?? 0;
  let updateId = 1;
  const update: TestTelegram["update"] = async (given) => {
    updateId += 1;
    const body = JSON.stringify({ update_id: updateId, ...given });
    const event = webhookEvent(body, { "x-telegram-bot-api-secret-token": registered.secret });
    return deliver(event);
  };
  const from = (id: number, name: string, language?: string) => ({
    id,
    is_bot: false,
    first_name: name,
    ...(language && { language_code: language }),
  });
  const chat = (id: number) => ({ id, type: "private" });

  return {
    messages,
    notices,
    registered,
    deadLetters,
    faults,
    deliver,
    update,
    write: (userId, text, name = "Ann", language) =>
      update({
        message: {
          message_id: 10_000 + updateId,
          date: 0,
          from: from(userId, name, language),
          chat: chat(userId),
          text,
          ...(text.startsWith("/") && {
            entities: [{ type: "bot_command", offset: 0, length: text.split(" ")[0]?.length }],
          }),
        },
      }),
    tap: (userId, messageId, button) => {
      const message = messages.find((one) => one.messageId === messageId);
      const data = message?.buttons.flat().find(({ text }) => text === button)?.data ?? button;
      return update({
        callback_query: {
          id: String(updateId),
          from: from(userId, "Ann"),
          chat_instance: "1",
          data,
          message: { message_id: messageId, date: 0, chat: chat(userId) },
        },
      });
    },
    async runJobs() {
      for (let n = 0; n < 10_000; n += 1) {
        const due = jobs.findIndex(
          ({ queuedAt, delaySeconds }) => queuedAt + delaySeconds * 1000 <= services.now(),
        );
        const [queued] = due === -1 ? [] : jobs.splice(due, 1);
        if (!queued) return;
        const failures = queued.failures + 1;
        const record = queuedRecord(JSON.stringify(queued.job), "1", failures);
        const { batchItemFailures } = await sender({ Records: [record] });
        if (batchItemFailures.length === 0) continue;
        const back = { ...queued, failures, queuedAt: services.now(), delaySeconds: hiddenSeconds };
        (failures < tries ? jobs : deadLetters).push(back);
      }
      throw new Error("The jobs have no end.");
    },
  };
};

export const webhookEvent = (
  body: string,
  headers: Readonly<Record<string, string>> = {
    "x-telegram-bot-api-secret-token": webhookSecret,
  },
): APIGatewayProxyEventV2 =>
  ({
    version: "2.0",
    routeKey: "POST /v1/telegram/webhook",
    rawPath: "/v1/telegram/webhook",
    rawQueryString: "",
    headers,
    body,
    isBase64Encoded: false,
    requestContext: {
      requestId: "request",
      http: { method: "POST", path: "/v1/telegram/webhook", sourceIp: "149.154.167.220" },
    },
  }) as unknown as APIGatewayProxyEventV2;
