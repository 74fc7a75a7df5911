import { randomBytes } from "node:crypto";
import type { Context, SQSBatchResponse } from "aws-lambda";
import type { Update } from "grammy/types";
import { afterAll } from "vitest";
import { telegramSender } from "../../../functions/telegram-sender/sender-handler.ts";
import { telegramWebhook } from "../../../functions/telegram-webhook/webhook.ts";
import type { Account } from "../../../lib/account/account.ts";
import type { AccountIndex } from "../../../lib/account/account-index.ts";
import { dynamoAccountIndex } from "../../../lib/runtime/dynamo-account-index.ts";
import type { AccountId, ChallengeId } from "../../../lib/account/ids.ts";
import type { Challenge } from "../../../lib/account/challenge.ts";
import { openWithPrompt } from "../../../lib/telegram/open-with-prompt.ts";
import type { Decision } from "../../../lib/account/decision.ts";
import type { TelegramJob } from "../../../lib/telegram/telegram-queue.ts";
import type { Claims } from "../../../lib/guard/claims.ts";
import { dynamoClaims } from "../../../lib/runtime/dynamo-claims.ts";
import { dynamoCounter } from "../../../lib/runtime/dynamo-counter.ts";
import { tableOf } from "../../../lib/runtime/dynamo-table.ts";
import type { Measure } from "../../../lib/log/measure.ts";
import type { LogFields } from "../../../lib/log/log.ts";
import { servicesOn, type TestServices } from "../../support/services.ts";
import { defaultLimits } from "../../../lib/settings/limits.ts";
import { contextOf } from "../../../lib/account/account.ts";
import { everyLanguage, type Languages } from "../../../lib/settings/languages.ts";
import { botActions } from "../../../lib/telegram/bot-actions.ts";
import { makeBot } from "../../../lib/telegram/bot.ts";
import { grammyTelegramApi } from "../../../lib/telegram/grammy-telegram-api.ts";
import { aNewChallenge } from "../../support/challenge.ts";
import { startDynalite } from "../../support/dynalite.ts";
import { challengeId } from "../../support/ids.ts";
import { queuedRecord } from "../../support/queued-record.ts";
import { storageAt, type Storage } from "../../support/service-storage.ts";
import { webhookEvent } from "../../support/service-telegram.ts";
import { noon } from "../../support/time.ts";
import { startTelegramServer, type TelegramServer } from "./telegram-server.ts";

type Queued = { readonly job: TelegramJob; readonly dueAt: number };

export type BotWorld = {
  readonly clock: { now(): number; advance(seconds: number): void };
  readonly telegram: TelegramServer;
  readonly storage: Storage;
  readonly services: TestServices;
  readonly index: AccountIndex;
  readonly claims: Claims;
  readonly log: { readonly message: string; readonly fields: LogFields }[];
  readonly measures: Measure[];
  /** What the queue holds of requests. */
  readonly jobs: Queued[];
  /** What it holds of notices: `runNotices` runs them, so that they stand in no other test's way. */
  readonly notices: Queued[];
  readonly save: (account: Account) => Promise<void>;
  readonly account: (id: AccountId) => Promise<Account>;
  /** Decides as the HTTP functions do, effects included. */
  readonly decide: <Outcome>(
    id: AccountId,
    decision: (account: Account, now: ReturnType<typeof contextOf>) => Decision<Outcome>,
  ) => Promise<Outcome>;
  /** Opens a challenge, which asks in Telegram; its request waits in the queue. */
  readonly open: (id: AccountId) => Promise<Challenge>;
  readonly challenge: (id: AccountId, challenge: ChallengeId) => Promise<Challenge>;
  /** Hands an update to the real webhook; the status that it answers. */
  readonly deliver: (update: Update | Readonly<Record<string, unknown>>) => Promise<number>;
  /** Hands bodies to the real sender as one batch. */
  readonly send: (...bodies: readonly string[]) => Promise<SQSBatchResponse>;
  /** Hands one body to the real sender, as the queue gives it out for the so many-th time. */
  readonly receive: (body: string, receives: number) => Promise<SQSBatchResponse>;
  /** For how many seconds the sender hid the jobs that failed, oldest first. */
  readonly hidden: number[];
  /** Runs what is due of the queue, one job a batch, until nothing is; the jobs that failed. */
  readonly runJobs: () => Promise<TelegramJob[]>;
  readonly runNotices: () => Promise<TelegramJob[]>;
};

/** Whose messages a job is about; notices are about none. */
export const challengeOf = (job: TelegramJob): ChallengeId | undefined =>
  job.kind === "notify" ? undefined : job.challengeId;

/** The real webhook and sender with their real bot, over an embedded DynamoDB and a Telegram on this machine. */
export const startBotWorld = async (
  apiRoot?: string,
  languages: Languages = everyLanguage,
): Promise<BotWorld> => {
  const dynalite = await startDynalite();
  afterAll(dynalite.stop);
  const storage = storageAt(dynalite.settings, dynalite.tableName);
  const table = tableOf(storage.client, dynalite.tableName);
  let now = noon;
  let opened = 0;
  const clock = { now: () => now, advance: (seconds: number) => void (now += seconds * 1000) };
  const telegram = await startTelegramServer(clock.now);
  const log: BotWorld["log"] = [];
  const measures: Measure[] = [];
  const jobs: Queued[] = [];
  const notices: Queued[] = [];
  const hidden: number[] = [];
  const note = (message: string, fields: LogFields) => void log.push({ message, fields });
  const nothing = () => Promise.reject(new Error("Nobody calls here."));
  const services = servicesOn(
    {
      now: clock.now,
      random: randomBytes,
      limits: defaultLimits,
      log: {
        info: note,
        warn: note,
        error: note,
        measure: (measure) => void measures.push(measure),
      },
    },
    table,
    {
      queue: {
        send: (job, delaySeconds) =>
          Promise.resolve(
            void (job.kind === "notify" ? notices : jobs).push({
              job,
              dueAt: now + delaySeconds * 1000,
            }),
          ),
      },
      fallbacks: { start: nothing, move: nothing, goOn: nothing, end: nothing },
      events: { publish: () => Promise.resolve() },
    },
  );
  const index = dynamoAccountIndex(table);
  const updates = dynamoClaims(table, "telegram-update");
  const claims = dynamoClaims(table, "telegram-notice");
  const talks = dynamoCounter(table, "telegram-talk");
  const { token } = telegram;
  const settings = { token, apiRoot: apiRoot ?? telegram.url, username: "twostep_bot" };
  const bot = makeBot(
    { ...settings, service: "Twostep", languages },
    botActions({ services, index, updates, talks }),
    services.log,
  );
  const webhook = telegramWebhook({
    services,
    webhookSecrets: () => Promise.resolve(["a-secret-of-the-webhook"]),
    bot: () => Promise.resolve(bot),
  });
  const sender = telegramSender({
    ...services,
    api: () => Promise.resolve(grammyTelegramApi(token, settings.apiRoot)),
    index,
    claims,
    service: "Twostep",
    languages,
    failedJobs: { hide: (_, seconds) => Promise.resolve(void hidden.push(seconds)) },
  });
  const account = async (id: AccountId) => {
    const loaded = await services.accounts.load(id);
    if (!loaded) throw new Error(`No account ${id}.`);
    return loaded.value;
  };
  const send: BotWorld["send"] = (...bodies) => {
    return sender({ Records: bodies.map((body, n) => queuedRecord(body, `record-${n}`)) });
  };
  const run = async (queued: Queued[]) => {
    const failed: TelegramJob[] = [];
    for (let due = next(queued, now); due; due = next(queued, now)) {
      const { batchItemFailures } = await send(JSON.stringify(due.job));
      if (batchItemFailures.length > 0) failed.push(due.job);
    }
    return failed;
  };
  const world: BotWorld = {
    clock,
    telegram,
    storage,
    services,
    index,
    claims,
    log,
    measures,
    jobs,
    notices,
    hidden,
    account,
    send,
    receive: (body, receives) => sender({ Records: [queuedRecord(body, "record-0", receives)] }),
    async save(given) {
      await services.accounts.save(given, undefined, `new-${given.id}`);
    },
    async decide(id, decision) {
      const decided = await services.decide(id, (one) => decision(one, contextOf(services, now)));
      if (!decided) throw new Error(`No account ${id}.`);
      return decided.outcome;
    },
    async open(id) {
      const asked = aNewChallenge({ id: challengeId(`challenge-${(opened += 1)}`) });
      const outcome = await world.decide(id, (one, at) => openWithPrompt(one, asked, at));
      if (outcome.kind !== "second_step") throw new Error(outcome.kind);
      return outcome.challenge;
    },
    async challenge(id, challenge) {
      const found = (await account(id)).challenges.find((one) => one.id === challenge);
      if (!found) throw new Error(`No challenge ${challenge}.`);
      return found;
    },
    deliver: async (update) =>
      (await webhook(webhookEvent(JSON.stringify(update)), {} as Context)).statusCode ?? 0,
    runJobs: () => run(jobs),
    runNotices: () => run(notices),
  };
  return world;
};

/** Takes the first job that is due off the queue. */
const next = (jobs: Queued[], now: number): Queued | undefined => {
  const due = jobs.findIndex(({ dueAt }) => dueAt <= now);
  return due === -1 ? undefined : jobs.splice(due, 1)[0];
};
