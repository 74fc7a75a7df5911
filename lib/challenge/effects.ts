import type { Account } from "../account/account.ts";
import type { AccountId, ChallengeId, Instant } from "../account/ids.ts";
import type { Challenge } from "./challenge.ts";

/**
 * What a saved decision sets going outside, by ids only. Whoever performs it loads the account again and acts on what
 * is true then.
 */
export type Effect =
  /** Send the request of this round to the chats that wait for it. */
  | {
      readonly kind: "ask";
      readonly accountId: AccountId;
      readonly challengeId: ChallengeId;
      readonly round: number;
    }
  /** Edit the messages of a challenge that is over; at its end of life, where nothing else ended it. */
  | {
      readonly kind: "settle";
      readonly accountId: AccountId;
      readonly challengeId: ChallengeId;
      readonly notBefore: Instant | null;
    };

/** The effects of a save, read off what it changed: no decision can forget one. */
export const effectsOf = (before: Account, after: Account): Effect[] =>
  after.challenges.flatMap((challenge) =>
    changesOf(
      before.challenges.find((one) => one.id === challenge.id),
      challenge,
      after.id,
    ),
  );

const changesOf = (was: Challenge | undefined, is: Challenge, accountId: AccountId): Effect[] => {
  if (!is.telegram) return [];
  const ids = { accountId, challengeId: is.id };
  const { round } = is.telegram;
  if ((was?.telegram?.round ?? 0) !== round) {
    const ask: Effect = { kind: "ask", ...ids, round };
    return round === 1 ? [ask, { kind: "settle", ...ids, notBefore: is.expiresAt }] : [ask];
  }
  return was?.status === "pending" && is.status !== "pending"
    ? [{ kind: "settle", ...ids, notBefore: null }]
    : [];
};
