import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { secretsManagerKeys } from "../../lib/runtime/secrets-manager-keys.ts";
import { secretsManagerSecret } from "../../lib/runtime/secrets-manager-secret.ts";
import { carriersFrom } from "../../lib/phone/carriers/carriers-from.ts";
import { checkCodeWith } from "../../lib/phone/carriers/check-code.ts";
import {
  clientSettings,
  eventClientSettings,
  foundation,
  setting,
} from "../../lib/runtime/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import {
  answerRecoveryCodeRoute,
  answerTotpRoute,
  cancelChallengeRoute,
  completeChallengeRoute,
  readChallengeRoute,
} from "./challenge-routes.ts";
import { promptTelegramRoute } from "./prompt-telegram-route.ts";
import { answerPhoneCodeRoute, requestCallRoute } from "./phone-routes.ts";
import { openChallengeRoute } from "./open-challenge-route.ts";

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
const totpKeys = secretsManagerKeys(secrets, setting(env, "TOTP_KEY_SECRET_ID"), "totp", shell);
const recoveryKeys = secretsManagerKeys(
  secrets,
  setting(env, "RECOVERY_KEY_SECRET_ID"),
  "recovery-codes",
  shell,
);

const codeKeys = secretsManagerKeys(secrets, setting(env, "CODES_KEY_SECRET_ID"), "codes", shell);
const carriers = secretsManagerSecret(
  secrets,
  setting(env, "CARRIER_CREDENTIALS_SECRET_ID"),
  carriersFrom(env),
  shell,
);
const check = checkCodeWith(carriers.get);

export const handler = httpFunction(
  [
    readChallengeRoute,
    openChallengeRoute(codeKeys),
    promptTelegramRoute,
    answerTotpRoute(totpKeys, codeKeys),
    requestCallRoute,
    answerPhoneCodeRoute(codeKeys, check),
    answerRecoveryCodeRoute(recoveryKeys, codeKeys),
    completeChallengeRoute(codeKeys),
    cancelChallengeRoute,
  ],
  shell,
);
