import * as z from "zod/mini";
import type { FaultPlan } from "../world/world.ts";

const CallFault = z.enum(["lost", "failed", "carrier_down", "carrier_slow", "no_money"]);
const SmsFault = z.enum(["lost", "throttled", "spend_limit", "opted_out"]);

/** The faults of the next calls and SMS, each in order, and of all that follow. */
export const PhoneFaults = z.strictObject({
  calls: z.optional(z.array(CallFault)),
  sms: z.optional(z.array(SmsFault)),
  /** Null: the following ones have no fault. */
  always: z.optional(
    z.strictObject({
      calls: z.optional(z.nullable(CallFault)),
      sms: z.optional(z.nullable(SmsFault)),
    }),
  ),
});

export type PhoneFaults = z.infer<typeof PhoneFaults>;
type CallFault = z.infer<typeof CallFault>;
type SmsFault = z.infer<typeof SmsFault>;

export type PlannedFaults = {
  /** Replaces the faults that are left of each kind that is given. A kind that is not given keeps its faults. */
  plan: (faults: PhoneFaults) => void;
  planned: () => { calls: FaultPlan<CallFault>; sms: FaultPlan<SmsFault> };
  nextCall: () => CallFault | undefined;
  nextSms: () => SmsFault | undefined;
};

/** Calls `onChange` when another plan is in force. */
export function createPlannedFaults(onChange: () => void): PlannedFaults {
  let calls: FaultPlan<CallFault> = { next: [], always: null };
  let sms: FaultPlan<SmsFault> = { next: [], always: null };
  return {
    plan: ({ calls: nextCalls = calls.next, sms: nextSms = sms.next, always = {} }) => {
      const { calls: callsAlways = calls.always, sms: smsAlways = sms.always } = always;
      calls = { next: nextCalls, always: callsAlways };
      sms = { next: nextSms, always: smsAlways };
      onChange();
    },
    planned: () => ({ calls, sms }),
    nextCall: () => {
      const [fault = calls.always ?? undefined, ...next] = calls.next;
      calls = { ...calls, next };
      onChange();
      return fault;
    },
    nextSms: () => {
      const [fault = sms.always ?? undefined, ...next] = sms.next;
      sms = { ...sms, next };
      onChange();
      return fault;
    },
  };
}
