import type { Account } from "../../account/account.ts";
import type { Channel, Fallback } from "../../account/fallback.ts";
import type { AccountId } from "../../account/ids.ts";
import { fallbacksOf, type FallbackOwnerId } from "./owner.ts";

export type FallbackEffect =
  | {
      readonly kind: "start_fallback";
      readonly accountId: AccountId;
      readonly ownerId: FallbackOwnerId;
      readonly run: number;
      /** Of the attempt that is due. */
      readonly channel: Channel;
    }
  /** Wake the task that listens: the next attempt is due. */
  | {
      readonly kind: "move_fallback";
      readonly accountId: AccountId;
      readonly ownerId: FallbackOwnerId;
      readonly token: string;
    }
  | { readonly kind: "end_fallback"; readonly token: string };

/** The effects of a save on the fallback, read off what the save changed. */
export const fallbackEffects = (before: Account, after: Account): FallbackEffect[] => {
  const [were, are] = [fallbacksOf(before), fallbacksOf(after)];
  const alive = new Set<FallbackOwnerId>([
    ...after.challenges.filter(({ status }) => status === "pending").map(({ id }) => id),
    ...(after.phoneEnrolment ? [after.phoneEnrolment.id] : []),
  ]);
  const moved = [...are].flatMap(([ownerId, is]) =>
    alive.has(ownerId) ? changesOf(after.id, ownerId, were.get(ownerId), is) : [],
  );
  const ended = [...were].flatMap(([ownerId, was]): FallbackEffect[] => {
    const token = are.get(ownerId)?.token ?? was.token;
    return alive.has(ownerId) || token === null || !wasAlive(before, ownerId)
      ? []
      : [{ kind: "end_fallback", token }];
  });
  return [...moved, ...ended];
};

const wasAlive = (before: Account, id: FallbackOwnerId): boolean =>
  before.phoneEnrolment?.id === id ||
  before.challenges.some((one) => one.id === id && one.status === "pending");

const changesOf = (
  accountId: AccountId,
  ownerId: FallbackOwnerId,
  was: Fallback | undefined,
  is: Fallback,
): FallbackEffect[] => {
  const last = is.sends.at(-1);
  if (is.runs > (was?.runs ?? 0)) {
    const channel = last?.channel ?? "call";
    return [{ kind: "start_fallback", accountId, ownerId, run: is.runs, channel }];
  }
  // A task that claims an attempt drops the old token as well. That one waits no more.
  const isDue = last?.state === "requested" || last?.state === "failed";
  return was?.token && is.token === null && isDue
    ? [{ kind: "move_fallback", accountId, ownerId, token: was.token }]
    : [];
};
