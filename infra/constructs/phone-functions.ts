import { Aws } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Access } from "./access.ts";
import type { FunctionParts } from "./service-functions.ts";

/** Phones and their ladder: enrolling, calling, sending, and what carriers report. */
export const phoneFunctions = ({
  make,
  makeHttp,
  accounts,
  secrets,
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
        accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
        secrets.allowCodesKey(),
        secrets.allowCarrierCredentials(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    "dispatch-call": make("dispatch-call", {
      // Several carriers may be asked, one after another.
      timeoutSeconds: 20,
      environment: { ...phone.carrierApiRoots, CALL_CARRIERS: phone.callCarriers },
      access: [
        accounts.allow("GetItem", "PutItem", "UpdateItem"),
        secrets.allowCodesKey(),
        secrets.allowCarrierCredentials(),
        ...allowEffects(),
      ],
    }),
    "send-sms": make("send-sms", {
      environment: {
        ...serviceName,
        ...speaks,
        // The text ends with the page's domain.
        ALLOWED_ORIGINS: settings.allowedOriginsText,
        SMS_SENDER_ID: phone.smsSenderId,
      },
      access: [
        accounts.allow("GetItem", "PutItem", "UpdateItem"),
        secrets.allowCodesKey(),
        allowSms(),
        ...allowEffects(),
      ],
    }),
    "call-status": makeHttp("call-status", {
      environment: serviceName,
      access: [
        accounts.allow("GetItem", "PutItem"),
        secrets.allowCarrierCredentials(),
        ...allowEffects(),
      ],
    }),
  };
};

/**
 * Publishing to phone numbers, which have no ARN: whatever has one (topics, devices) is left out. `Resource` can say this no narrower than
 * `*`, as IAM takes nothing but ARNs there.
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
