import type { SNSClient } from "@aws-sdk/client-sns";
import { dispatchCall } from "../../../functions/dispatch-call/dispatch-call.ts";
import { sendSms } from "../../../functions/send-sms/send-sms.ts";
import { dynamoAccountIndex } from "../../../lib/runtime/dynamo-account-index.ts";
import type { Table } from "../../../lib/runtime/dynamo-table.ts";
import { ucaller } from "../../../lib/phone/carriers/ucaller/ucaller.ts";
import { snsSms } from "../../../lib/runtime/sns-sms.ts";
import { dynamoCounter } from "../../../lib/runtime/dynamo-counter.ts";
import { dynamoSendStops } from "../../../lib/runtime/dynamo-send-stops.ts";
import type { TestServices } from "../../../test/support/services.ts";
import { everyLanguage } from "../../../lib/settings/languages.ts";
import { fixedKeys } from "../../../test/support/service-routes.ts";
import type { Meter } from "./meter.ts";

/** The two functions of the fallback by name, composed as in their `index.ts`. */
export const meteredTasks = (
  meter: Meter,
  services: TestServices,
  table: Table,
  sns: SNSClient,
) => {
  const credentials = { key: "key", serviceId: "1" };
  const carrier = ucaller.make({ credentials, baseUrl: ucaller.apiRoot });
  const [codeKeys, budgets] = [fixedKeys("codes"), dynamoCounter(table, "sends")];
  const stops = dynamoSendStops(table);
  const call = dispatchCall({
    services,
    carriers: () => Promise.resolve({ ucaller: carrier }),
    choice: { others: ["ucaller"], countries: {} },
    codeKeys,
    budgets,
    stops,
    index: dynamoAccountIndex(table),
  });
  const sms = sendSms({
    services,
    sms: snsSms({ client: sns }),
    codeKeys,
    budgets,
    stops,
    serviceName: "Twostep",
    languages: everyLanguage,
    domain: "panel.example.com",
  });
  return {
    "dispatch-call": (payload: unknown) => meter.invoke("dispatch-call", () => call(payload)),
    "send-sms": (payload: unknown) => meter.invoke("send-sms", () => sms(payload)),
  };
};
