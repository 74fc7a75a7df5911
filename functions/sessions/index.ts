import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { secretsManagerKey } from "../../lib/crypto/secrets-manager-key.ts";
import { clientSettings, reachOf, setting, shellOf, tableOf } from "../../lib/http/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { dynamoPasswordDoor } from "../../lib/session/dynamo-password-door.ts";
import { changePasswordRoute, reauthenticateRoute } from "./password-routes.ts";
import {
  endOtherSessionsRoute,
  endSessionRoute,
  listSessionsRoute,
  readSessionRoute,
  signOutRoute,
} from "./session-routes.ts";

const { env } = process;
const outside = { env, now: Date.now, random: randomBytes, log: new Logger() };
const table = tableOf(env, new DynamoDBClient(clientSettings));
const shell = shellOf(
  outside,
  table,
  reachOf(env, { sqs: new SQSClient(clientSettings), sfn: new SFNClient(clientSettings) }),
);
const lookupKey = secretsManagerKey(
  new SecretsManagerClient(clientSettings),
  setting(env, "LOOKUP_KEY_SECRET_ID"),
  "lookup",
);
const door = dynamoPasswordDoor(table, {
  accounts: shell.decider.store,
  newVersion: shell.decider.newVersion,
  salt: () => randomBytes(16),
  lookupKey,
});

export const handler = httpFunction(
  [
    readSessionRoute,
    signOutRoute,
    listSessionsRoute,
    endSessionRoute,
    endOtherSessionsRoute,
    reauthenticateRoute(door),
    changePasswordRoute(door),
  ],
  shell,
);
