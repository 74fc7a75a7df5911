import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import { secretsManagerKeys } from "../../lib/runtime/secrets-manager-keys.ts";
import {
  clientSettings,
  eventClientSettings,
  foundation,
  setting,
} from "../../lib/runtime/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { readLanguages } from "../../lib/settings/languages.ts";
import { readAccountRoute, resetAccountRoute } from "./account-routes.ts";
import { putAccountRoute } from "./put-account-route.ts";
import { openAccountChallengeRoute, redeemGrantRoute } from "./challenge-routes.ts";

const { env } = process;
const { table, shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  {
    dynamo: new DynamoDBClient(clientSettings),
    sqs: new SQSClient(clientSettings),
    sfn: new SFNClient(clientSettings),
    eventBridge: new EventBridgeClient(eventClientSettings),
  },
);
const deps = {
  mails: dynamoMailIndex(table),
  lookupKeys: secretsManagerKeys(
    new SecretsManagerClient(clientSettings),
    setting(env, "LOOKUP_KEY_SECRET_ID"),
    "lookup",
    shell,
  ),
  languages: readLanguages(env["LANGUAGES"]),
  serviceName: setting(env, "SERVICE_NAME"),
};

export const handler = httpFunction(
  [
    putAccountRoute(deps),
    readAccountRoute,
    resetAccountRoute,
    openAccountChallengeRoute(setting(env, "SIGN_IN_URL")),
    redeemGrantRoute,
  ],
  shell,
);
