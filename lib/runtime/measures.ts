import type { Account } from "../account/account.ts";
import { failure, one, type Measure } from "../log/measure.ts";
import type { Fallback } from "../account/fallback.ts";
import { isSynthetic } from "../settings/synthetic-account.ts";
import type { Challenge } from "../account/challenge.ts";

/**
 * Returns what operators count of a save. It is read off the change itself, so no decision can forget it. Synthetic
 * sign-ins have measures of their own.
 */
export const measuresOf = (before: Account, after: Account): Measure[] =>
  isSynthetic(after.id) ? [] : ofPerson(before, after);

const ofPerson = (before: Account, after: Account): Measure[] => [
  ...after.challenges.flatMap((is) =>
    ofChallenge(
      before.challenges.find((each) => each.id === is.id),
      is,
    ),
  ),
  ...wrongCodes(before, after),
];

const ofChallenge = (was: Challenge | undefined, is: Challenge): Measure[] => [
  ...(was ? [] : [one("ChallengeOpened", { purpose: is.purpose })]),
  ...(is.fallback && !was?.fallback ? [one("FallbackStarted", {})] : []),
  ...undelivered(was?.fallback ?? null, is.fallback),
  ...ended(was, is),
];

/** Calls that were on their way and of which the carrier now says that they failed. */
const undelivered = (was: Fallback | null, is: Fallback | null): Measure[] =>
  (is?.sends ?? [])
    .filter(({ n, channel, state }) => {
      const before = was?.sends.find((send) => send.n === n);
      return channel === "call" && state === "failed" && before?.state === "placed";
    })
    .map(() => failure("CallUndelivered", true, {}));

/** An approval in Telegram does not end the challenge yet: the browser must still complete it. */
const ended = (was: Challenge | undefined, is: Challenge): Measure[] => {
  const { completion } = is;
  if (completion && !was?.completion) {
    const { method, at } = completion;
    const seconds = (at - is.openedAt) / 1000;
    return [
      one("ChallengeEnded", { outcome: "completed", method }),
      ...(method === "call" ? [failure("CallUndelivered", false, {})] : []),
      { name: "SecondFactorTime", value: seconds, unit: "Seconds", dimensions: { method } },
    ];
  }
  const isOver = is.status !== "pending" && is.status !== "approved";
  return isOver && was?.status !== is.status
    ? [one("ChallengeEnded", { outcome: is.status, method: "none" })]
    : [];
};

/** A wrong code of an app and one of an SMS are recorded alike: both have six digits. */
const wrongCodes = (before: Account, after: Account): Measure[] => {
  const { guesses: was } = before;
  const { guesses: is } = after;
  if (is.consecutiveWrong <= was.consecutiveWrong) return [];
  const newest = (times: readonly number[]) => times.at(-1) ?? 0;
  if (newest(is.callWrongAt) > newest(was.callWrongAt))
    return [one("WrongCode", { method: "call" })];
  return newest(is.recoveryWrongAt) > newest(was.recoveryWrongAt)
    ? [one("WrongCode", { method: "recovery_code" })]
    : [one("WrongCode", { method: "six_digits" })];
};
