import type { Account, Context } from "../../account/account.ts";
import type { Decision } from "../../account/decision.ts";
import type { SendCode } from "../../account/fallback.ts";
import { replaceSend } from "./next-attempt.ts";
import { findOwner, replaceFallback, type FallbackOwnerId } from "./owner.ts";

export type Order = {
  readonly ownerId: FallbackOwnerId;
  readonly n: number;
  readonly execution: string;
  readonly carrier: string;
  /** The carrier that this run of the task had noted before, and that certainly did not take the order. */
  readonly instead: string | null;
  /** The code as it is known before the carrier answers. */
  readonly code: SendCode;
};

/**
 * Notes, before an order leaves, which carrier gets it. This is the point of no return: a task that breaks off before
 * it sends the attempt when it is repeated, and one that breaks off after it only asks what became of the attempt. Of
 * two runs of one task at once (the machine repeats a task whose function still runs), one notes its order.
 *
 * `lost`: another run or another execution has the attempt, or the challenge is over. Then no order may leave.
 */
export function noteOrder(
  account: Account,
  { ownerId, n, execution, carrier, instead, code }: Order,
  { now }: Context,
): Decision<"noted" | "lost"> {
  const owner = findOwner(account, ownerId, now);
  const send = owner?.fallback?.sends.at(-1);
  const isOurs = send?.n === n && send.state === "placing" && send.claimedBy === execution;
  if (!owner?.fallback || owner.over || !isOurs || send.carrier !== instead) {
    return { account, outcome: "lost" };
  }
  const noted = replaceSend(owner.fallback, { ...send, carrier, code });
  return { account: replaceFallback(account, ownerId, noted), outcome: "noted" };
}
