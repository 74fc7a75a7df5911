import { SNSClient } from "@aws-sdk/client-sns";
import middy from "@middy/core";
import { readSenderIds } from "../../lib/phone/sms/sender-ids.ts";
import { smsClientSettings } from "../../lib/runtime/client-settings.ts";
import { snsSms } from "../../lib/runtime/sns-sms.ts";
import { decidesForFallback } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { counter, languages, serviceName, stops } from "../parts.ts";
import { keys } from "../secrets.ts";
import { sendSms } from "./send-sms.ts";

const services = createServices(decidesForFallback, {
  sms: () =>
    snsSms({
      client: new SNSClient(smsClientSettings),
      senderIds: readSenderIds(process.env["SMS_SENDER_ID"] ?? ""),
    }),
  codeKeys: keys("codes"),
  budgets: counter("sends"),
  stops,
  serviceName,
  languages,
});
const [page = "https://localhost"] = services.allowedOrigins;

export const handler = middy(sendSms({ ...services, services, domain: new URL(page).hostname }));
