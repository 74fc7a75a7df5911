import * as z from "zod/mini";

/** What happens to a call; `rings` if no fault was planned for it. */
const CallFate = z.enum(["rings", "lost", "failed", "carrier_down", "carrier_slow", "no_money"]);

type CallFate = z.infer<typeof CallFate>;

const Call = z.object({
  /** The carrier's id of the call. */
  id: z.int(),
  /** E.164, as all numbers here. */
  number: z.string(),
  from: z.string(),
  /** The four digits that `from` ends with. */
  code: z.string(),
  /** The id that the service gave the order, so that a repeated order is recognised. */
  unique: z.nullable(z.string()),
  fate: CallFate,
  /** Milliseconds since 1970, by the stack's clock. */
  at: z.number(),
});

export type Call = z.infer<typeof Call>;

const Sms = z.object({
  id: z.uuid(),
  number: z.string(),
  from: z.string(),
  text: z.string(),
  at: z.number(),
  lost: z.boolean(),
});

export type Sms = z.infer<typeof Sms>;

export const PhoneChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("call"), call: Call }),
  z.object({ kind: z.literal("sms"), sms: Sms }),
]);

export type PhoneChange = z.infer<typeof PhoneChange>;

/** All calls and SMS that were ever ordered, oldest first, also those that did not reach a phone. */
export type PhoneState = { calls: Call[]; sms: Sms[] };

/** Changes `state` itself, because it grows for as long as the data is kept. */
export function applyPhoneChange(state: PhoneState, change: PhoneChange): void {
  switch (change.kind) {
    case "call":
      state.calls.push(change.call);
      return;
    case "sms":
      state.sms.push(change.sms);
  }
}

/** Returns changes that build `state` from an empty one. */
export function phoneSnapshot({ calls, sms }: PhoneState): PhoneChange[] {
  return [
    ...calls.map((call) => ({ kind: "call" as const, call })),
    ...sms.map((each) => ({ kind: "sms" as const, sms: each })),
  ];
}

const RINGS_MS = 25_000;

/** Whether a phone shows the call. */
export function reachesPhone({ fate }: Call): boolean {
  return fate === "rings" || fate === "carrier_slow";
}

/** A call that nobody answers ends by itself. */
export function callState({ at }: Call, now: number): "ringing" | "ended" {
  return now < ringsUntil({ at }) ? "ringing" : "ended";
}

export function ringsUntil({ at }: Pick<Call, "at">): number {
  return at + RINGS_MS;
}
