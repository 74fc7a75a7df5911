import type { Account, Context } from "../account/account.ts";
import type { Instant, PhoneId } from "../account/ids.ts";
import type { KeyId } from "../crypto/secret-key.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { callsOffUntil } from "../guard/guess-guard.ts";

export type Via = "call" | "sms";

/**
 * requested: the person asked, or the first one; placing: somebody is at it; placed: the carrier took it; failed: it
 * did not reach the phone; unknown: nobody knows, so it may.
 */
export type SendState = "requested" | "placing" | "placed" | "failed" | "unknown";

/** One call or SMS. `<subject>#<n>` is its id for carriers, the same whenever it is tried again. */
export type Send = {
  readonly n: number;
  readonly via: Via;
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
export type Ladder = {
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
  /** Switched off by carriers, budgets or SNS, for this ladder. */
  readonly callsOff: boolean;
  readonly smsOff: boolean;
};

/** A ladder on which nothing was sent yet. */
export const noSends = {
  sends: [],
  runs: 0,
  token: null,
  callsOff: false,
  smsOff: false,
} as const satisfies Partial<Ladder>;

export type NextRung = { readonly via: Via; readonly availableAt: Instant };

/** What comes next and how soon it may be asked for; undefined: no way is left. */
export const nextRung = (
  account: Account,
  ladder: Ladder,
  context: Context,
): NextRung | undefined => {
  const via = nextVia(account, ladder, context);
  const last = ladder.sends.at(-1);
  if (!via || !last) return via && { via, availableAt: context.now };
  return { via, availableAt: restsUntil(last, context) };
};

/** Until when a rung has its time to arrive; one that failed needs none. */
export const restsUntil = ({ via, state, at }: Send, { limits }: Context): Instant => {
  const { callAgainSeconds, smsAgainSeconds } = limits.ladder;
  if (state === "failed") return at;
  return at + (via === "sms" ? smsAgainSeconds : callAgainSeconds) * 1000;
};

const nextVia = (account: Account, ladder: Ladder, context: Context): Via | undefined => {
  const { calls, sms } = context.limits.ladder;
  const sent = (via: Via) => ladder.sends.filter((send) => send.via === via).length;
  const smsBegan = sent("sms") > 0;
  if (!ladder.callsOff && !smsBegan && sent("call") < calls && !callsRest(account, context)) {
    return "call";
  }
  return ladder.takesSms && !ladder.smsOff && sent("sms") < sms ? "sms" : undefined;
};

/** After too many wrong codes of calls the ladder goes straight to SMS. */
const callsRest = (account: Account, context: Context) =>
  callsOffUntil(account.guesses, context) > context.now;

/** The ladder with one more rung asked for. */
export const withRequested = (ladder: Ladder, via: Via, now: Instant): Ladder => ({
  ...ladder,
  sends: [
    ...ladder.sends,
    {
      n: ladder.sends.length + 1,
      via,
      state: "requested",
      at: now,
      claimedBy: null,
      carrier: null,
      reference: null,
      code: { kind: "derived" },
    },
  ],
});

export const replaceSend = (ladder: Ladder, send: Send): Ladder => ({
  ...ladder,
  sends: ladder.sends.map((one) => (one.n === send.n ? send : one)),
});
