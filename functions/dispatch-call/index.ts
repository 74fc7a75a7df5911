import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import middy from "@middy/core";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import { secretsManagerKeys } from "../../lib/runtime/secrets-manager-keys.ts";
import { secretsManagerSecret } from "../../lib/runtime/secrets-manager-secret.ts";
import { readCarrierChoice } from "../../lib/phone/carriers/carrier-settings.ts";
import { carriersFrom } from "../../lib/phone/carriers/carriers-from.ts";
import { dynamoCounter } from "../../lib/runtime/dynamo-counter.ts";
import { dynamoSendStops } from "../../lib/runtime/dynamo-send-stops.ts";
import { clientSettings, foundation, setting } from "../../lib/runtime/environment.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { dispatchCall } from "./dispatch-call.ts";

const { env } = process;
const { table, shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  { dynamo: new DynamoDBClient(clientSettings), sfn: new SFNClient(clientSettings) },
);
const secrets = new SecretsManagerClient(clientSettings);

export const handler = middy(
  dispatchCall({
    shell: shell,
    carriers: secretsManagerSecret(
      secrets,
      setting(env, "CARRIER_CREDENTIALS_SECRET_ID"),
      carriersFrom(env),
      shell,
    ).get,
    choice: readCarrierChoice(setting(env, "CALL_CARRIERS")),
    codeKeys: secretsManagerKeys(secrets, setting(env, "CODES_KEY_SECRET_ID"), "codes", shell),
    budgets: dynamoCounter(table, "sends"),
    stops: dynamoSendStops(table),
    index: dynamoAccountIndex(table),
    wait: (milliseconds) => setTimeout(milliseconds),
  }),
);
