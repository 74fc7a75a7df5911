import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import middy from "@middy/core";
import { secretsManagerKeys } from "../../lib/runtime/secrets-manager-keys.ts";
import { readSenderIds } from "../../lib/phone/sms/sender-ids.ts";
import { snsSms } from "../../lib/runtime/sns-sms.ts";
import { dynamoCounter } from "../../lib/runtime/dynamo-counter.ts";
import { dynamoSendStops } from "../../lib/runtime/dynamo-send-stops.ts";
import {
  allowedOrigins,
  clientSettings,
  foundation,
  setting,
  smsClientSettings,
} from "../../lib/runtime/environment.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { readLanguages } from "../../lib/settings/languages.ts";
import { sendSms } from "./send-sms.ts";

const { env } = process;
const { table, shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  { dynamo: new DynamoDBClient(clientSettings), sfn: new SFNClient(clientSettings) },
);
const [page = "https://localhost"] = allowedOrigins(env);

export const handler = middy(
  sendSms({
    shell: shell,
    sms: snsSms({
      client: new SNSClient(smsClientSettings),
      senderIds: readSenderIds(env["SMS_SENDER_ID"] ?? ""),
    }),
    codeKeys: secretsManagerKeys(
      new SecretsManagerClient(clientSettings),
      setting(env, "CODES_KEY_SECRET_ID"),
      "codes",
      shell,
    ),
    budgets: dynamoCounter(table, "sends"),
    stops: dynamoSendStops(table),
    serviceName: setting(env, "SERVICE_NAME"),
    languages: readLanguages(env["LANGUAGES"]),
    domain: new URL(page).hostname,
  }),
);
