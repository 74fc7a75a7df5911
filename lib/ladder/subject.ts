import { secondStepIsOn, type Account } from "../account/account.ts";
import type { ChallengeId, Instant, PhoneId } from "../account/ids.ts";
import { closedAs } from "../challenge/challenge.ts";
import type { Ladder } from "./ladder.ts";

/** What a ladder serves: a challenge, or the enrolment of a number. */
export type SubjectId = ChallengeId | PhoneId;

/** Ids say what they name, see `newPhoneId`. */
export const isEnrolment = (id: string): id is PhoneId => id.startsWith("phone_");

export type Subject = {
  readonly id: SubjectId;
  readonly ladder: Ladder | null;
  /** Nothing is sent for it any more. */
  readonly over: boolean;
  readonly expiresAt: Instant;
};

export const findSubject = (account: Account, id: SubjectId, now: Instant): Subject | undefined => {
  const challenge = account.challenges.find((one) => one.id === id);
  if (challenge) {
    const over = challenge.status !== "pending" || closedAs(account, challenge, now) !== undefined;
    return { id, ladder: challenge.ladder, over, expiresAt: challenge.expiresAt };
  }
  const enrolment = account.phoneEnrolment;
  return enrolment?.id === id
    ? {
        id,
        ladder: enrolment.ladder,
        // Without a second step the number could not be confirmed: ringing it would be for nothing.
        over: now >= enrolment.expiresAt || !secondStepIsOn(account),
        expiresAt: enrolment.expiresAt,
      }
    : undefined;
};

/** The account with this ladder in place of the subject's older one. */
export const replaceLadder = (account: Account, id: SubjectId, ladder: Ladder): Account => ({
  ...account,
  challenges: account.challenges.map((one) => (one.id === id ? { ...one, ladder } : one)),
  phoneEnrolment:
    account.phoneEnrolment?.id === id
      ? { ...account.phoneEnrolment, ladder }
      : account.phoneEnrolment,
});

/** The account whose second steps remember nothing of a number that was removed; null: of any. */
export const withoutNumber = (account: Account, removed: PhoneId | null): Account => ({
  ...account,
  challenges: account.challenges.map((one) =>
    one.ladder && (removed === null || one.ladder.phoneId === removed)
      ? { ...one, ladder: null }
      : one,
  ),
});

/** Every ladder of an account by what it serves. */
export const laddersOf = (account: Account): ReadonlyMap<SubjectId, Ladder> => {
  const all: [SubjectId, Ladder | null | undefined][] = [
    ...account.challenges.map((one): [SubjectId, Ladder | null] => [one.id, one.ladder]),
  ];
  if (account.phoneEnrolment) all.push([account.phoneEnrolment.id, account.phoneEnrolment.ladder]);
  return new Map(all.flatMap(([id, ladder]) => (ladder ? [[id, ladder] as const] : [])));
};
