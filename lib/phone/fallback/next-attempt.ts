import type { Account, Context } from "../../account/account.ts";
import type { Channel, Fallback, Send } from "../../account/fallback.ts";
import type { Instant } from "../../account/ids.ts";
import { callsOffUntil } from "../../guard/guesses.ts";

export type NextAttempt = { readonly channel: Channel; readonly availableAt: Instant };

/** The next attempt, and when it may be requested; undefined: no way is left. */
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

/** Until when an attempt has time to arrive; an attempt that failed needs none. */
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

/** The fallback with one more requested attempt. */
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
