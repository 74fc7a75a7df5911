import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { secretsManagerKey } from "../../lib/crypto/secrets-manager-key.ts";
import { secretsManagerText } from "../../lib/crypto/secrets-manager-text.ts";
import { carriersFrom } from "../../lib/delivery/carriers-from.ts";
import { checkCodeWith } from "../../lib/delivery/check-code.ts";
import { clientSettings, foundation, setting } from "../../lib/http/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/http/powertools-log.ts";
import {
  answerRecoveryCodeRoute,
  answerTotpRoute,
  cancelChallengeRoute,
  completeChallengeRoute,
  readChallengeRoute,
} from "./challenge-routes.ts";
import { askTelegramRoute } from "./ask-telegram-route.ts";
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
    eventBridge: new EventBridgeClient(clientSettings),
  },
);
const totpKey = secretsManagerKey(secrets, setting(env, "TOTP_KEY_SECRET_ID"), "totp");
const recoveryKey = secretsManagerKey(
  secrets,
  setting(env, "RECOVERY_KEY_SECRET_ID"),
  "recovery-codes",
);

const codesKey = secretsManagerKey(secrets, setting(env, "CODES_KEY_SECRET_ID"), "codes");
const check = checkCodeWith(
  carriersFrom(env, secretsManagerText(secrets, setting(env, "CARRIER_CREDENTIALS_SECRET_ID"))),
);

export const handler = httpFunction(
  [
    readChallengeRoute,
    openChallengeRoute,
    askTelegramRoute,
    answerTotpRoute(totpKey),
    requestCallRoute,
    answerPhoneCodeRoute(codesKey, check),
    answerRecoveryCodeRoute(recoveryKey),
    completeChallengeRoute,
    cancelChallengeRoute,
  ],
  shell,
);
