import type { Account } from "../../account/account.ts";
import { secondStepIsOn } from "../../account/second-step.ts";
import type { ChallengeId, Instant, PhoneId } from "../../account/ids.ts";
import { closedAs } from "../../account/challenges.ts";
import type { Fallback } from "../../account/fallback.ts";

/** What a fallback serves: a challenge, or the enrolment of a number. */
export type FallbackOwnerId = ChallengeId | PhoneId;

/** An id's prefix says what it names, see `newPhoneId`. */
export const isEnrolment = (id: string): id is PhoneId => id.startsWith("phone_");

export type FallbackOwner = {
  readonly id: FallbackOwnerId;
  readonly fallback: Fallback | null;
  /** Nothing is sent for it any more. */
  readonly over: boolean;
  readonly expiresAt: Instant;
};

export const findOwner = (
  account: Account,
  id: FallbackOwnerId,
  now: Instant,
): FallbackOwner | undefined => {
  const challenge = account.challenges.find((one) => one.id === id);
  if (challenge) {
    const over = challenge.status !== "pending" || closedAs(account, challenge, now) !== undefined;
    return { id, fallback: challenge.fallback, over, expiresAt: challenge.expiresAt };
  }
  const enrolment = account.phoneEnrolment;
  return enrolment?.id === id
    ? {
        id,
        fallback: enrolment.fallback,
        // Without a second step the number could not be confirmed, so a call to it would be of no use.
        over: now >= enrolment.expiresAt || !secondStepIsOn(account),
        expiresAt: enrolment.expiresAt,
      }
    : undefined;
};

/** The account with this fallback in place of the owner's older one. */
export const replaceFallback = (
  account: Account,
  id: FallbackOwnerId,
  fallback: Fallback,
): Account => ({
  ...account,
  challenges: account.challenges.map((one) => (one.id === id ? { ...one, fallback } : one)),
  phoneEnrolment:
    account.phoneEnrolment?.id === id
      ? { ...account.phoneEnrolment, fallback }
      : account.phoneEnrolment,
});

/** The account whose challenges have forgotten a number that was removed; null: every number. */
export const withoutNumber = (account: Account, removed: PhoneId | null): Account => ({
  ...account,
  challenges: account.challenges.map((one) =>
    one.fallback && (removed === null || one.fallback.phoneId === removed)
      ? { ...one, fallback: null }
      : one,
  ),
});

/** Every fallback of an account by what it serves. */
export const fallbacksOf = (account: Account): ReadonlyMap<FallbackOwnerId, Fallback> => {
  const all: [FallbackOwnerId, Fallback | null | undefined][] = [
    ...account.challenges.map((one): [FallbackOwnerId, Fallback | null] => [one.id, one.fallback]),
  ];
  if (account.phoneEnrolment)
    all.push([account.phoneEnrolment.id, account.phoneEnrolment.fallback]);
  return new Map(all.flatMap(([id, fallback]) => (fallback ? [[id, fallback] as const] : [])));
};
