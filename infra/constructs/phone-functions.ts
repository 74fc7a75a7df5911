import { Aws } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Access } from "./access.ts";
import { signedIn } from "./accounts-table.ts";
import type { TableCalls } from "./accounts-table.ts";
import { sendSeconds } from "./fallback-definition.ts";
import type { FunctionParts } from "./function-parts.ts";

/** The budgets that every call and SMS is counted in, and what an operator has stopped. */
const sendBudgets: TableCalls = {
  "budget#sends#*": ["GetItem", "UpdateItem"],
  "budget#stopped": ["GetItem"],
};

/** The functions for phones and their fallback: enrolling, calling, sending, and what carriers report. */
export const phoneFunctions = ({
  make,
  makeHttp,
  accounts,
  secrets,
  fallback,
  settings,
  speaks,
  allowEffects,
  allowCallerAddress,
}: FunctionParts) => {
  const { phone } = settings;
  const serviceName = { SERVICE_NAME: settings.serviceName };
  return {
    phones: makeHttp("phones", {
      environment: {
        ...serviceName,
        ...phone.carrierApiRoots,
        ALLOWED_COUNTRIES: phone.allowedCountries,
      },
      access: [
        accounts.allow({ "account#*": signedIn }),
        secrets.allowCodesKey(),
        secrets.allowCarrierCredentials(),
        fallback.allowMove(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    "dispatch-call": make("dispatch-call", {
      timeoutSeconds: sendSeconds.call,
      environment: { ...phone.carrierApiRoots, CALL_CARRIERS: phone.callCarriers },
      access: [
        accounts.allow({
          "account#*": ["GetItem", "PutItem"],
          "index#call#*": ["PutItem"],
          ...sendBudgets,
        }),
        secrets.allowCodesKey(),
        secrets.allowCarrierCredentials(),
        fallback.allowEnd(),
      ],
    }),
    "send-sms": make("send-sms", {
      timeoutSeconds: sendSeconds.sms,
      environment: {
        ...serviceName,
        ...speaks,
        // The text ends with the page's domain.
        ALLOWED_ORIGINS: settings.allowedOrigins.join(","),
        SMS_SENDER_ID: phone.smsSenderId,
      },
      access: [
        accounts.allow({ "account#*": ["GetItem", "PutItem"], ...sendBudgets }),
        secrets.allowCodesKey(),
        allowSms(),
        fallback.allowEnd(),
      ],
    }),
    "call-status": makeHttp("call-status", {
      environment: serviceName,
      access: [
        accounts.allow({ "account#*": ["GetItem", "PutItem"], "index#call#*": ["GetItem"] }),
        secrets.allowCarrierCredentials(),
        fallback.allowMove(),
      ],
    }),
  };
};

/**
 * Allows publishing to phone numbers, which have no ARN, and to nothing that has one (topics, devices). `Resource`
 * takes only ARNs, so its narrowest value for this would be `*`.
 */
function allowSms(): Access {
  return {
    environment: {},
    statements: [
      new PolicyStatement({
        actions: ["sns:Publish"],
        notResources: [`arn:${Aws.PARTITION}:sns:*:*:*`],
      }),
    ],
  };
}
