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
import { confirmTotpRoute, enrolTotpRoute, removeTotpRoute } from "./totp-routes.ts";

const { env } = process;
const secrets = new SecretsManagerClient(clientSettings);
const { shell } = foundation(
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
  totpKeys: secretsManagerKeys(secrets, setting(env, "TOTP_KEY_SECRET_ID"), "totp", shell),
  issuer: setting(env, "SERVICE_NAME"),
};

export const handler = httpFunction(
  [enrolTotpRoute(deps), confirmTotpRoute(deps), removeTotpRoute],
  shell,
);
