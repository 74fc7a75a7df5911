import type { Account, Context } from "./account.ts";
import type { Instant, PhoneId } from "./ids.ts";
import type { KeyId } from "../crypto/secret-key.ts";
import type { PhoneNumber } from "../phone/phone-number.ts";
import { callsOffUntil } from "../guard/guesses.ts";

export type Channel = "call" | "sms";

/**
 * requested: the person asked, or the first one; placing: somebody is at it; placed: the carrier took it; failed: it
 * did not reach the phone; unknown: nobody knows, so it may.
 */
export type SendState = "requested" | "placing" | "placed" | "failed" | "unknown";

/** One call or SMS. `<subject>#<n>` is its id for carriers, the same whenever it is tried again. */
export type Send = {
  readonly n: number;
  readonly channel: Channel;
  readonly state: SendState;
  /** When it was asked for; once it went out, when it did. */
  readonly at: Instant;
  /** Hash of the task token of whoever is at it. */
  readonly claimedBy: string | null;
  readonly carrier: string | null;
  readonly reference: string | null;
  /** How its code is known: derived by us, told by the carrier (keyed hash), or checked by the carrier. */
  readonly code: SendCode;
};

export type SendCode =
  /** `by`: with this key, so that a rotation does not make two codes good; absent where nobody has told. */
  | { readonly kind: "derived"; readonly by?: KeyId }
  | { readonly kind: "told"; readonly hash: string }
  | { readonly kind: "checked" };

/**
 * What was tried to reach a phone, for one challenge or one enrolment. The state machine is only its timer: what comes
 * next is decided here.
 */
export type Fallback = {
  readonly phoneId: PhoneId;
  readonly number: PhoneNumber;
  readonly country: string;
  readonly takesSms: boolean;
  /** Where the request came from: carriers and budgets want it. */
  readonly ip: string;
  readonly sends: readonly Send[];
  /** Executions that were started for it. */
  readonly runs: number;
  /** The task that waits for news; null when none is known to. */
  readonly token: string | null;
  /** Switched off by carriers, budgets or SNS, for this fallback. */
  readonly callsOff: boolean;
  readonly smsOff: boolean;
};

/** A fallback on which nothing was sent yet. */
export const noSends = {
  sends: [],
  runs: 0,
  token: null,
  callsOff: false,
  smsOff: false,
} as const satisfies Partial<Fallback>;

export type NextAttempt = { readonly channel: Channel; readonly availableAt: Instant };

/** What comes next and how soon it may be asked for; undefined: no way is left. */
export const nextAttempt = (
  account: Account,
  fallback: Fallback,
  context: Context,
): NextAttempt | undefined => {
  const channel = nextChannel(account, fallback, context);
  const last = fallback.sends.at(-1);
  if (!channel || !last) return channel && { channel, availableAt: context.now };
  return { channel, availableAt: restsUntil(last, context) };
};

/** Until when an attempt has its time to arrive; one that failed needs none. */
export const restsUntil = ({ channel, state, at }: Send, { limits }: Context): Instant => {
  const { callAgainSeconds, smsAgainSeconds } = limits.fallback;
  if (state === "failed") return at;
  return at + (channel === "sms" ? smsAgainSeconds : callAgainSeconds) * 1000;
};

const nextChannel = (
  account: Account,
  fallback: Fallback,
  context: Context,
): Channel | undefined => {
  const { calls, sms } = context.limits.fallback;
  const sent = (channel: Channel) =>
    fallback.sends.filter((send) => send.channel === channel).length;
  const smsBegan = sent("sms") > 0;
  if (!fallback.callsOff && !smsBegan && sent("call") < calls && !callsRest(account, context)) {
    return "call";
  }
  return fallback.takesSms && !fallback.smsOff && sent("sms") < sms ? "sms" : undefined;
};

/** After too many wrong codes of calls the fallback goes straight to SMS. */
const callsRest = (account: Account, context: Context) =>
  callsOffUntil(account.guesses, context) > context.now;

/** The fallback with one more attempt asked for. */
export const withRequested = (fallback: Fallback, channel: Channel, now: Instant): Fallback => ({
  ...fallback,
  sends: [
    ...fallback.sends,
    {
      n: fallback.sends.length + 1,
      channel,
      state: "requested",
      at: now,
      claimedBy: null,
      carrier: null,
      reference: null,
      code: { kind: "derived" },
    },
  ],
});

export const replaceSend = (fallback: Fallback, send: Send): Fallback => ({
  ...fallback,
  sends: fallback.sends.map((one) => (one.n === send.n ? send : one)),
});
