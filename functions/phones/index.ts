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
import { confirmPhoneRoute } from "./confirm-phone-route.ts";
import { addPhoneRoute, callPhoneRoute, removePhoneRoute } from "./phone-routes.ts";

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
const carriers = secretsManagerSecret(
  secrets,
  setting(env, "CARRIER_CREDENTIALS_SECRET_ID"),
  carriersFrom(env),
  shell,
);
const countries = env["ALLOWED_COUNTRIES"] ?? "";
const deps = {
  allowedCountries:
    countries === "all"
      ? ("all" as const)
      : countries.split(",").map((country) => country.trim().toUpperCase()),
  codeKeys: secretsManagerKeys(secrets, setting(env, "CODES_KEY_SECRET_ID"), "codes", shell),
  check: checkCodeWith(carriers.get),
};

export const handler = httpFunction(
  [addPhoneRoute(deps), callPhoneRoute, confirmPhoneRoute(deps), removePhoneRoute],
  shell,
);
