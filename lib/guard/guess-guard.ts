import type { Context } from "../account/account.ts";
import type { Instant } from "../account/ids.ts";
import { pauseSeconds } from "./pause.ts";

/**
 * What an account remembers of wrong codes, over all methods, challenges, addresses and sign-ins. Only success lowers
 * it: asking again or signing in again does not [RFC 4226 §7.3, NIST SP 800-63B-4 §3.2.2].
 */
export type GuessRecord = {
  readonly consecutiveWrong: number;
  readonly pausedUntil: Instant;
  /** Wrong recovery codes within the last window, oldest first. */
  readonly recoveryWrongAt: readonly Instant[];
};

export const noGuesses: GuessRecord = { consecutiveWrong: 0, pausedUntil: 0, recoveryWrongAt: [] };

export type CodeMethod = "totp" | "recovery_code";

/** Until when codes of this method are refused unread, or undefined if one may be tried now. */
export const guessPause = (
  record: GuessRecord,
  method: CodeMethod,
  { now, limits }: Context,
): Instant | undefined => {
  const until =
    method === "recovery_code"
      ? Math.max(record.pausedUntil, recoveryOffUntil(record, { now, limits }))
      : record.pausedUntil;
  return until > now ? until : undefined;
};

/** After so many wrong codes in a row, codes of six or four digits are not read any more. */
export const codesAreOff = (record: GuessRecord, { limits }: Context): boolean =>
  record.consecutiveWrong >= limits.guesses.codesOff;

/** Recovery codes rest until fewer than the limit were wrong within the window. */
export const recoveryOffUntil = (record: GuessRecord, { limits }: Context): Instant => {
  const { recovery, recoveryWindowSeconds } = limits.guesses;
  const oldestThatCounts = record.recoveryWrongAt.at(-recovery);
  return oldestThatCounts === undefined ? 0 : oldestThatCounts + recoveryWindowSeconds * 1000;
};

/** The record after one more wrong code. */
export const wrongGuess = (
  record: GuessRecord,
  method: CodeMethod,
  { now, limits }: Context,
): GuessRecord => {
  const { free, firstPauseSeconds, longestPauseSeconds, recovery } = limits.guesses;
  const consecutiveWrong = record.consecutiveWrong + 1;
  const pause = pauseSeconds(consecutiveWrong, { free, firstPauseSeconds, longestPauseSeconds });
  return {
    consecutiveWrong,
    pausedUntil: now + pause * 1000,
    recoveryWrongAt:
      method === "recovery_code"
        ? [...record.recoveryWrongAt, now].slice(-recovery)
        : record.recoveryWrongAt,
  };
};

/**
 * The record after a success. The wrong recovery codes of the window still count: they bound a day, not a run.
 */
export const rightGuess = (record: GuessRecord): GuessRecord => ({
  ...noGuesses,
  recoveryWrongAt: record.recoveryWrongAt,
});
