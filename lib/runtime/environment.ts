import { setTimeout } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { tidyAccount } from "../whole-account/tidy-account.ts";
import { dynamoAccountStore } from "./dynamo-account-store.ts";
import { tableOf, type Table } from "./dynamo-table.ts";
import type { Instant } from "../account/ids.ts";
import { eventBridgeActivityEvents } from "./eventbridge-activity-events.ts";
import { sfnFallbackMachine } from "./sfn-fallback-machine.ts";
import { sqsTelegramQueue } from "./sqs-telegram-queue.ts";
import { asText, secretsManagerSecret } from "./secrets-manager-secret.ts";
import { readLimits } from "../settings/change-limits.ts";
import { dynamoSessionStore } from "./dynamo-session-store.ts";
import { addressBehindEdge, gatewayAddress, type CallerAddress } from "../http/caller-address.ts";
import type { Log } from "../log/log.ts";
import type { Shell } from "./shell.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The outside of a function, from its `index.ts`. */
export type Outside = {
  readonly env: Environment;
  readonly now: () => Instant;
  readonly random: (bytes: number) => Buffer;
  readonly log: Log;
};

/** A setting that the template gives; without it the function does not start. */
export const setting = (env: Environment, name: string): string => {
  const value = env[name];
  if (!value) throw new Error(`The environment lacks ${name}.`);
  return value;
};

export const allowedOrigins = (env: Environment): string[] =>
  (env["ALLOWED_ORIGINS"] ?? "").split(",").filter((origin) => origin !== "");

/**
 * Limits of every AWS client: a dependency that hangs is a fault within seconds, and two repeats with jitter ride out
 * what passes by itself.
 */
export const clientSettings = {
  maxAttempts: 3,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
};

/** Of the event bus: one short try. What it does not take stands in the log, and nobody's sign-in waits for it. */
export const eventClientSettings = {
  ...clientSettings,
  maxAttempts: 1,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 500 },
};

/** Of SNS: 3 s like any carrier, and asked once, since it knows no idempotency key. */
export const smsClientSettings = {
  ...clientSettings,
  maxAttempts: 1,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 3000 },
};

/**
 * The table and the shell of a function, of its clients. What it has no client for it cannot set going; without `secrets` it takes
 * the gateway's word for the caller's address.
 */
export const foundation = (
  outside: Outside,
  {
    dynamo,
    secrets,
    ...reach
  }: { readonly dynamo: DynamoDBClient; readonly secrets?: SecretsManagerClient } & ReachClients,
): { readonly table: Table; readonly shell: Shell } => {
  const table = tableOf(dynamo, setting(outside.env, "TABLE_NAME"));
  const shell = shellOf(outside, table, reachOf(outside.env, reach));
  const tells = reach.eventBridge !== undefined;
  return {
    table,
    shell: {
      ...shell,
      callerAddress: callerAddressOf(outside, secrets),
      tidy: tells ? tidyAccount : (account) => account,
    },
  };
};

/** The secret's id is there where the service was deployed behind CloudFront. */
const callerAddressOf = (
  outside: Outside,
  secrets: SecretsManagerClient | undefined,
): CallerAddress => {
  const secretId = outside.env["EDGE_SECRET_ID"];
  return secrets && secretId
    ? addressBehindEdge(secretsManagerSecret(secrets, secretId, asText, outside).get)
    : gatewayAddress;
};

type ReachClients = {
  readonly sqs?: SQSClient;
  readonly sfn?: SFNClient;
  readonly eventBridge?: EventBridgeClient;
};

/** Where a function's decisions reach beyond the table. */
export type Reach = Pick<Shell, "queue" | "fallbacks" | "events">;

const reachOf = (env: Environment, { sqs, sfn, eventBridge }: ReachClients): Reach => ({
  queue: sqs ? sqsTelegramQueue(sqs, setting(env, "TELEGRAM_QUEUE_URL")) : noReach.queue,
  fallbacks: sfn ? sfnFallbackMachine(sfn, setting(env, "FALLBACK_ARN")) : noReach.fallbacks,
  events: eventBridge
    ? eventBridgeActivityEvents(eventBridge, setting(env, "EVENT_BUS_NAME"))
    : noReach.events,
});

const nothing = () => Promise.reject(new Error("This function sets no such thing going."));

/** Of a function whose decisions set nothing going. */
export const noReach: Reach = {
  queue: { send: nothing },
  fallbacks: { start: nothing, move: nothing, end: nothing },
  events: { publish: nothing },
};

export const shellOf = (outside: Outside, table: Table, reach: Reach): Shell => {
  const { env, now, random, log } = outside;
  const limits = readLimits(env["LIMITS"]);
  return {
    decider: {
      store: dynamoAccountStore(table),
      newVersion: () => random(12).toString("base64url"),
      backOff: (attempt) => setTimeout((random(1)[0] ?? 0) * 0.1 * attempt),
    },
    sessions: dynamoSessionStore(table, limits),
    ...reach,
    limits,
    allowedOrigins: allowedOrigins(env),
    callerAddress: gatewayAddress,
    now,
    random,
    log,
    tidy: tidyAccount,
    beside: (work) => work,
  };
};
