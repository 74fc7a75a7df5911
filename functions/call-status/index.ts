import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import { secretsManagerSecret } from "../../lib/runtime/secrets-manager-secret.ts";
import { readCredentials } from "../../lib/phone/carriers/carrier-settings.ts";
import { clientSettings, foundation, setting } from "../../lib/runtime/environment.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { callStatus } from "./call-status.ts";

const { env } = process;
const { table, shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  { dynamo: new DynamoDBClient(clientSettings), sfn: new SFNClient(clientSettings) },
);
const secrets = new SecretsManagerClient(clientSettings);
const credentials = secretsManagerSecret(
  secrets,
  setting(env, "CARRIER_CREDENTIALS_SECRET_ID"),
  readCredentials,
  shell,
);

export const handler = callStatus({
  shell: shell,
  credentials: credentials.get,
  index: dynamoAccountIndex(table),
});
