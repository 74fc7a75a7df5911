import type { Context } from "../account/account.ts";
import { noGuesses, type GuessRecord } from "../account/guesses.ts";
import type { Instant } from "../account/ids.ts";
import { pauseSeconds } from "./pause.ts";

export type CodeMethod = "totp" | "call" | "sms" | "recovery_code";

/** Until when codes of this method are refused without being compared; undefined if a code may be tried now. */
export const guessPause = (
  record: GuessRecord,
  method: CodeMethod,
  context: Context,
): Instant | undefined => {
  // A recovery code has 50 bits and its own five guesses a day, so pauses from other codes do not apply to it. If they
  // did, a stranger who knows the password could keep the owner from the last way in.
  const paused = method === "recovery_code" ? 0 : record.pausedUntil;
  const until = Math.max(paused, methodOffUntil(record, method, context));
  return until > context.now ? until : undefined;
};

const methodOffUntil = (record: GuessRecord, method: CodeMethod, context: Context): Instant => {
  switch (method) {
    case "recovery_code":
      return recoveryOffUntil(record, context);
    case "call":
      return callsOffUntil(record, context);
    case "totp":
    case "sms":
      return 0;
  }
};

/** Whether so many codes in a row were wrong that codes of six or four digits are no longer read. */
export const codesAreOff = (record: GuessRecord, { limits }: Context): boolean =>
  record.consecutiveWrong >= limits.guesses.codesOff;

/** Until when recovery codes are off: until fewer than the limit were wrong within the window. */
export const recoveryOffUntil = ({ recoveryWrongAt }: GuessRecord, { limits }: Context): Instant =>
  windowEnd(recoveryWrongAt, limits.guesses.recovery, limits.guesses.recoveryWindowSeconds);

/** Until when codes of calls are off, by the same rule: their four digits allow few guesses a day. */
export const callsOffUntil = ({ callWrongAt }: GuessRecord, { limits }: Context): Instant =>
  windowEnd(callWrongAt, limits.fallback.wrongCallCodes, limits.fallback.callWindowSeconds);

const windowEnd = (times: readonly Instant[], count: number, seconds: number): Instant => {
  const oldestThatCounts = times.at(-count);
  return oldestThatCounts === undefined ? 0 : oldestThatCounts + seconds * 1000;
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
    ...record,
    consecutiveWrong,
    pausedUntil: now + pause * 1000,
    wrongAt: [...record.wrongAt, now].slice(-limits.guesses.suspect),
    recoveryWrongAt:
      method === "recovery_code"
        ? [...record.recoveryWrongAt, now].slice(-recovery)
        : record.recoveryWrongAt,
    callWrongAt:
      method === "call"
        ? [...record.callWrongAt, now].slice(-limits.fallback.wrongCallCodes)
        : record.callWrongAt,
  };
};

/**
 * The record after a success. The wrong recovery and call codes of the window still count: they limit a day, not a
 * series of wrong codes.
 */
export const rightGuess = (record: GuessRecord): GuessRecord => ({
  ...record,
  consecutiveWrong: noGuesses.consecutiveWrong,
  pausedUntil: noGuesses.pausedUntil,
});

/** The record without the last code of a call, which was recorded as wrong and is right. */
export const refundGuess = (record: GuessRecord): GuessRecord => ({
  ...record,
  callWrongAt: record.callWrongAt.slice(0, -1),
  wrongAt: record.wrongAt.slice(0, -1),
});

/** Whether so many codes were wrong within the last weeks that somebody may be guessing. */
export const guessingIsSuspected = ({ wrongAt }: GuessRecord, { now, limits }: Context): boolean =>
  windowEnd(wrongAt, limits.guesses.suspect, limits.guesses.suspectSeconds) > now;
