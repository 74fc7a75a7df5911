import type { Account, Context } from "../../account/account.ts";
import type { Channel, Fallback, Send } from "../../account/fallback.ts";
import type { Instant } from "../../account/ids.ts";
import { callsOffUntil } from "../../guard/guesses.ts";
import { channelRules } from "./channel-rules.ts";

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

/** Until when an attempt has time to arrive. An attempt that failed, or whose code nobody knows, needs none. */
export const restsUntil = (send: Send, context: Pick<Context, "limits">): Instant =>
  isOfNoUse(send) ? send.at : send.at + channelRules(send.channel, context).againSeconds * 1000;

/** Whether no code that the person could type belongs to the attempt. */
export const isOfNoUse = ({ state, code }: Send): boolean =>
  state === "failed" || (state === "unknown" && code.kind === "unknown");

const nextChannel = (
  account: Account,
  fallback: Fallback,
  context: Context,
): Channel | undefined => {
  const sent = (channel: Channel) =>
    fallback.sends.filter((send) => send.channel === channel).length;
  const isLeft = (channel: Channel) => sent(channel) < channelRules(channel, context).most;
  const smsBegan = sent("sms") > 0;
  if (!fallback.callsOff && !smsBegan && isLeft("call") && !callsRest(account, context)) {
    return "call";
  }
  return fallback.takesSms && !fallback.smsOff && isLeft("sms") ? "sms" : undefined;
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
