import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { dynamoMailIndex } from "../../lib/account/dynamo-mail-index.ts";
import { secretsManagerKey } from "../../lib/crypto/secrets-manager-key.ts";
import { clientSettings, reachOf, setting, shellOf, tableOf } from "../../lib/http/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { putAccountRoute, readAccountRoute, resetAccountRoute } from "./account-routes.ts";
import { openAccountChallengeRoute, redeemGrantRoute } from "./challenge-routes.ts";

const { env } = process;
const outside = { env, now: Date.now, random: randomBytes, log: new Logger() };
const table = tableOf(env, new DynamoDBClient(clientSettings));
const deps = {
  mails: dynamoMailIndex(table),
  lookupKey: secretsManagerKey(
    new SecretsManagerClient(clientSettings),
    setting(env, "LOOKUP_KEY_SECRET_ID"),
    "lookup",
  ),
};

export const handler = httpFunction(
  [
    putAccountRoute(deps),
    readAccountRoute,
    resetAccountRoute,
    openAccountChallengeRoute(setting(env, "SIGN_IN_URL")),
    redeemGrantRoute,
  ],
  shellOf(
    outside,
    table,
    reachOf(env, { sqs: new SQSClient(clientSettings), sfn: new SFNClient(clientSettings) }),
  ),
);
