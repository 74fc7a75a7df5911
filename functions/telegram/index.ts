import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings, eventClientSettings, foundation } from "../../lib/runtime/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import {
  beginTelegramLinkRoute,
  confirmTelegramLinkRoute,
  readTelegramLinkRoute,
  switchTelegramRoute,
  unlinkTelegramRoute,
} from "./telegram-routes.ts";

const { env } = process;
const secrets = new SecretsManagerClient(clientSettings);
const { table, shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  {
    dynamo: new DynamoDBClient(clientSettings),
    secrets,
    sqs: new SQSClient(clientSettings),
    sfn: new SFNClient(clientSettings),
    eventBridge: new EventBridgeClient(eventClientSettings),
  },
);
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
  shell,
);
