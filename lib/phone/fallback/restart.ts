import type { Account, Context } from "../../account/account.ts";
import type { Channel } from "../../account/fallback.ts";
import type { Decision } from "../../account/decision.ts";
import { findOwner, replaceFallback, type FallbackOwnerId } from "./owner.ts";

/** A token turned out to be dead: this counts another run, whose execution looks what is due. */
export function restartFallback(
  account: Account,
  ownerId: FallbackOwnerId,
  { now }: Context,
): Decision<
  | { readonly kind: "restart"; readonly run: number; readonly channel: Channel }
  | { readonly kind: "over" }
> {
  const owner = findOwner(account, ownerId, now);
  if (!owner?.fallback || owner.over) return { account, outcome: { kind: "over" } };
  const run = owner.fallback.runs + 1;
  const channel = owner.fallback.sends.at(-1)?.channel ?? "call";
  return {
    account: replaceFallback(account, ownerId, { ...owner.fallback, runs: run }),
    outcome: { kind: "restart", run, channel },
  };
}

/** No execution could be started: this takes the requested attempt back, so that it can be requested again. */
export function withdrawRequest(
  account: Account,
  ownerId: FallbackOwnerId,
  { now }: Context,
): Decision<undefined> {
  const fallback = findOwner(account, ownerId, now)?.fallback;
  if (!fallback) return { account, outcome: undefined };
  const sends = fallback.sends.filter((send) => send.state !== "requested");
  return { account: replaceFallback(account, ownerId, { ...fallback, sends }), outcome: undefined };
}
