import type { Account, Context } from "../../account/account.ts";
import type { Send } from "../../account/fallback.ts";
import { channelRules } from "./channel-rules.ts";
import { nextAttempt } from "./next-attempt.ts";
import type { FallbackOwner } from "./owner.ts";
import type { FallbackStep } from "./step.ts";

/** After a failed attempt the next one of its channel waits a moment: who was asked too often gets a pause. */
const afterFailureSeconds = 1;

/** Two runs of one task overlapped. The one that sent nothing comes back when the other one is probably done. */
const afterOverlapSeconds = 5;

/**
 * What the fallback does now, by the account alone. So an execution that comes late, twice or after a fault does the
 * same as one that comes in time. Only a failed attempt, a request and a gap that has passed lead to the next attempt.
 *
 * The gap of an attempt begins when its result is recorded, and the machine listens for exactly what is left of it. So
 * a result that is recorded late costs no second gap, and there is no tolerance that could be too small.
 */
export const dueStep = (
  account: Account,
  { fallback, over, expiresAt }: FallbackOwner,
  context: Context,
): FallbackStep => {
  const last = fallback?.sends.at(-1);
  if (!fallback || !last || over) return { kind: "over" };
  const next = (pauseSeconds: number): FallbackStep => {
    const attempt = nextAttempt(account, fallback, context);
    if (!attempt) return { kind: "over" };
    const waitSeconds = attempt.channel === last.channel ? pauseSeconds : 0;
    return { kind: "send", channel: attempt.channel, waitSeconds };
  };
  switch (last.state) {
    case "requested":
      return { kind: "send", channel: last.channel, waitSeconds: 0 };
    case "placing":
      return { kind: "send", channel: last.channel, waitSeconds: afterOverlapSeconds };
    case "failed":
      return next(afterFailureSeconds);
    case "placed":
    case "unknown": {
      const listenSeconds = secondsLeft(last, expiresAt, context);
      if (listenSeconds > 0) {
        return { kind: "listen", channel: last.channel, waitSeconds: 0, listenSeconds };
      }
      return channelRules(last.channel, context).goesOnByItself ? next(0) : { kind: "over" };
    }
  }
};

/** What is left of an attempt's gap, or of the challenge if that ends sooner. */
const secondsLeft = ({ channel, at }: Send, expiresAt: number, context: Context): number => {
  const gapEndsAt = at + channelRules(channel, context).gapSeconds * 1000;
  return Math.max(0, Math.ceil((Math.min(gapEndsAt, expiresAt) - context.now) / 1000));
};
