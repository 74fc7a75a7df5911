import { expect, test } from "vitest";
import { smsFailure } from "../../../lib/phone/sms/sms-failure.ts";
import type { SmsResult } from "../../../lib/phone/sms/sms.ts";

test.each<[SmsResult, number]>([
  [{ kind: "sent", reference: "1" }, 0],
  [{ kind: "unknown" }, 1],
  [{ kind: "refused", reason: "spend_limit" }, 1],
  [{ kind: "refused", reason: "sandbox" }, 1],
  [{ kind: "refused", reason: "throttled" }, 1],
  [{ kind: "refused", reason: "rejected" }, 1],
  [{ kind: "refused", reason: "opted_out" }, 0],
  [{ kind: "refused", reason: "number" }, 0],
])("%j counts as %i: only what is not the number's is a failure", (result, value) => {
  expect(smsFailure(result)).toEqual({ name: "SmsFailed", value, unit: "Count", dimensions: {} });
});
