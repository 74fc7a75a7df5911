import type { Account, Context } from "../../account/account.ts";
import type { Decision } from "../../account/decision.ts";
import type { Instant } from "../../account/ids.ts";
import type { Phone } from "../../account/phone.ts";
import { noSends, type Fallback } from "../../account/fallback.ts";
import { nextAttempt, restsUntil, withRequested } from "./next-attempt.ts";
import { replaceFallback, type FallbackOwner } from "./owner.ts";

export type RequestOutcome =
  | { readonly kind: "requested" }
  | { readonly kind: "too_early"; readonly until: Instant }
  | { readonly kind: "no_way_left" };

/**
 * The person requests a code by phone: the first time, or because it did not arrive. The server decides which attempt
 * that is. Of many requests at once, one makes the next attempt; the others find it made and come too early.
 *
 * Another number goes on where the first one stopped: choosing numbers in turn gives no more calls.
 */
export function requestAttempt(
  account: Account,
  owner: FallbackOwner,
  phone: Pick<Phone, "id" | "number" | "country" | "takesSms">,
  ip: string,
  context: Context,
): Decision<RequestOutcome> {
  const fallback: Fallback = {
    ...(owner.fallback ?? noSends),
    phoneId: phone.id,
    number: phone.number,
    country: phone.country,
    takesSms: phone.takesSms,
    ip,
  };
  const waiting = fallback.sends.at(-1);
  if (waiting?.state === "requested") {
    const until = restsUntil(waiting, context);
    if (until > context.now) return { account, outcome: { kind: "too_early", until } };
  }
  const made = withoutRequested(fallback);
  const next = nextAttempt(account, made, context);
  if (!next) return { account, outcome: { kind: "no_way_left" } };
  if (next.availableAt > context.now) {
    return { account, outcome: { kind: "too_early", until: next.availableAt } };
  }
  return {
    account: replaceFallback(
      account,
      owner.id,
      wake(withRequested(made, next.channel, context.now)),
    ),
    outcome: { kind: "requested" },
  };
}

/** Removes an attempt that was requested and that no task took: the one that is requested now takes its place. */
const withoutRequested = (fallback: Fallback): Fallback => ({
  ...fallback,
  sends: fallback.sends.filter(({ state }) => state !== "requested"),
});

/**
 * Wakes the task that waits, by its token, which works once. Without a token, a new execution comes to look. A token
 * that turns out to be dead leads to a new execution as well.
 */
const wake = (fallback: Fallback): Fallback =>
  fallback.token === null ? { ...fallback, runs: fallback.runs + 1 } : { ...fallback, token: null };
