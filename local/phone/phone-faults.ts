import * as z from "zod/mini";

const CallFault = z.enum(["lost", "failed", "carrier_down", "carrier_slow", "no_money"]);
const SmsFault = z.enum(["lost", "throttled", "spend_limit", "opted_out"]);

/** What goes wrong with the next calls and SMS, each in order. */
export const PhoneFaults = z.strictObject({
  calls: z.optional(z.array(CallFault)),
  sms: z.optional(z.array(SmsFault)),
});

export type PhoneFaults = z.infer<typeof PhoneFaults>;
export type SmsFault = z.infer<typeof SmsFault>;

export type PlannedFaults = {
  /** Whatever was left of earlier ones of the same kind is forgotten. */
  plan: (faults: PhoneFaults) => void;
  nextCall: () => z.infer<typeof CallFault> | undefined;
  nextSms: () => SmsFault | undefined;
};

export function createPlannedFaults(): PlannedFaults {
  let calls: z.infer<typeof CallFault>[] = [];
  let sms: SmsFault[] = [];
  return {
    plan: (faults) => {
      if (faults.calls) calls = [...faults.calls];
      if (faults.sms) sms = [...faults.sms];
    },
    nextCall: () => calls.shift(),
    nextSms: () => sms.shift(),
  };
}
