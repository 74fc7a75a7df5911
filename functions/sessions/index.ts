import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { secretsManagerKeys } from "../../lib/runtime/secrets-manager-keys.ts";
import {
  clientSettings,
  eventClientSettings,
  foundation,
  setting,
} from "../../lib/runtime/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { dynamoPasswordServices } from "../../lib/runtime/dynamo-password-services.ts";
import { changePasswordRoute, reauthenticateRoute } from "./password-routes.ts";
import {
  endOtherSessionsRoute,
  endSessionRoute,
  listSessionsRoute,
  readSessionRoute,
  signOutRoute,
} from "./session-routes.ts";

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
const lookupKeys = secretsManagerKeys(
  secrets,
  setting(env, "LOOKUP_KEY_SECRET_ID"),
  "lookup",
  shell,
);
const passwords = dynamoPasswordServices(table, shell, lookupKeys);

export const handler = httpFunction(
  [
    readSessionRoute,
    signOutRoute,
    listSessionsRoute,
    endSessionRoute,
    endOtherSessionsRoute,
    reauthenticateRoute(passwords),
    changePasswordRoute(passwords, setting(env, "SERVICE_NAME")),
  ],
  shell,
);
