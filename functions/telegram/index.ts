import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings, reachOf, shellOf, tableOf } from "../../lib/http/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { dynamoAccountIndex } from "../../lib/account/dynamo-account-index.ts";
import {
  beginTelegramLinkRoute,
  confirmTelegramLinkRoute,
  readTelegramLinkRoute,
  switchTelegramRoute,
  unlinkTelegramRoute,
} from "./telegram-routes.ts";

const { env } = process;
const outside = { env, now: Date.now, random: randomBytes, log: new Logger() };
const table = tableOf(env, new DynamoDBClient(clientSettings));
const deps = {
  index: dynamoAccountIndex(table),
  botUsername: env["TELEGRAM_BOT_USERNAME"] ?? "",
};

export const handler = httpFunction(
  [
    beginTelegramLinkRoute(deps),
    readTelegramLinkRoute,
    confirmTelegramLinkRoute,
    switchTelegramRoute,
    unlinkTelegramRoute,
  ],
  shellOf(
    outside,
    table,
    reachOf(env, { sqs: new SQSClient(clientSettings), sfn: new SFNClient(clientSettings) }),
  ),
);
