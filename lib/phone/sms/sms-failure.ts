import { failure, type Measure } from "../../log/measure.ts";
import type { RefusedSms, SmsResult } from "./sms.ts";

/** Counts an SMS: as a failure where it did not go out, or got no answer, for a reason that is not the number's. */
export const smsFailure = (result: SmsResult): Measure =>
  failure(
    "SmsFailed",
    result.kind === "unknown" || (result.kind === "refused" && !isOfNumber(result.reason)),
    {},
  );

const isOfNumber = (reason: RefusedSms) => reason === "opted_out" || reason === "number";
