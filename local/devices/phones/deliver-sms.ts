import type { PublishSms } from "../../aws/sns/answer-sns.ts";
import type { Phones } from "./phones.ts";

/** Brings SMS to phones, or makes the planned fault happen. */
export const deliverSms =
  ({ faults, text }: Pick<Phones, "faults" | "text">): PublishSms =>
  (sms) => {
    const fault = faults.nextSms();
    switch (fault) {
      case undefined:
      case "lost":
        return { kind: "taken", id: text({ ...sms, lost: fault === "lost" }).id };
      case "throttled":
      case "spend_limit":
      case "opted_out":
        return { kind: fault };
    }
  };
