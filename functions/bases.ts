import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Services } from "../lib/account/services.ts";
import {
  addressBehindEdge,
  gatewayAddress,
  type CallerAddress,
} from "../lib/http/caller-address.ts";
import {
  answeringServices,
  readOrigins,
  type DecidingHttpServices,
  type Gateway,
  type HttpServices,
} from "../lib/http/http-services.ts";
import type { FallbackServices } from "../lib/phone/fallback/run-task.ts";
import { clientSettings, eventClientSettings } from "../lib/runtime/client-settings.ts";
import { tableOf, type Table } from "../lib/runtime/dynamo-table.ts";
import { eventBridgeActivityEvents } from "../lib/runtime/eventbridge-activity-events.ts";
import type { Reach } from "../lib/runtime/run-decision.ts";
import { asText } from "../lib/runtime/secrets-manager-secret.ts";
import {
  decidingServices,
  readingServices,
  type DecidingServices,
} from "../lib/runtime/services.ts";
import { sfnFallbackMachine } from "../lib/runtime/sfn-fallback-machine.ts";
import { sqsFailedJobs, sqsTelegramQueue } from "../lib/runtime/sqs-telegram-queue.ts";
import { setting } from "../lib/settings/environment.ts";
import type { FailedJobs, TelegramQueue } from "../lib/telegram/telegram-queue.ts";
import { secret } from "./secrets.ts";

const { env } = process;

const gateway = (log: Services["log"]): Gateway => ({
  allowedOrigins: readOrigins(env["ALLOWED_ORIGINS"]),
  log,
});

let made: Table | undefined;

/** The one table, by one client. */
export const table = (): Table =>
  (made ??= tableOf(new DynamoDBClient(clientSettings), setting(env, "TABLE_NAME")));

/** For a function that answers without any account. */
export const answers = ({ log }: Services): Gateway => gateway(log);

/** For a function that reads: it has no way to change an account. */
export const reads = (services: Services): HttpServices => ({
  ...readingServices(services, table()),
  ...gateway(services.log),
  callerAddress: gatewayAddress,
});

const fallbacks = () =>
  sfnFallbackMachine(new SFNClient(clientSettings), setting(env, "FALLBACK_ARN"));

const queue = () =>
  sqsTelegramQueue(new SQSClient(clientSettings), setting(env, "TELEGRAM_QUEUE_URL"));

/** For the function that the queue gives its jobs to. */
export const failedJobs = (): FailedJobs =>
  sqsFailedJobs(new SQSClient(clientSettings), setting(env, "TELEGRAM_QUEUE_URL"));

const everywhere = (): Reach => ({
  queue: queue(),
  fallbacks: fallbacks(),
  events: eventBridgeActivityEvents(
    new EventBridgeClient(eventClientSettings),
    setting(env, "EVENT_BUS_NAME"),
  ),
});

/** For a function that a host's back end calls. */
export const decidesForHosts = (services: Services): DecidingHttpServices =>
  answeringServices({ ...gateway(services.log), callerAddress: gatewayAddress }, (background) =>
    decidingServices(services, table(), everywhere(), background),
  );

/** For a function that browsers call. */
export const decidesForBrowsers = (services: Services): DecidingHttpServices =>
  answeringServices(
    { ...gateway(services.log), callerAddress: callerAddress(services) },
    (background) => decidingServices(services, table(), everywhere(), background),
  );

/** Only a deployment behind CloudFront has the secret's id. */
const callerAddress = (services: Services): CallerAddress =>
  env["EDGE_SECRET_ID"]
    ? addressBehindEdge(secret("EDGE_SECRET_ID", asText)(services).get)
    : gatewayAddress;

/** For the bot's functions. */
export const decidesForTelegram = (
  services: Services,
): DecidingServices & Gateway & { readonly queue: TelegramQueue } => {
  const reach = everywhere();
  return {
    ...decidingServices(services, table(), reach),
    ...gateway(services.log),
    queue: reach.queue,
  };
};

/** For the fallback's tasks, and for what carriers report of their calls. */
export const decidesForFallback = (services: Services): FallbackServices & Gateway => {
  const machine = fallbacks();
  return {
    ...decidingServices(services, table(), { fallbacks: machine }),
    ...gateway(services.log),
    fallbacks: machine,
  };
};
