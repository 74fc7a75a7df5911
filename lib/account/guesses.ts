import type { Instant } from "./ids.ts";

/**
 * What an account remembers of wrong codes, over all methods, challenges, addresses and sign-ins. Only a success lowers
 * it: a new prompt, a new code or a new sign-in does not [RFC 4226 §7.3, NIST SP 800-63B-4 §3.2.2].
 */
export type GuessRecord = {
  readonly consecutiveWrong: number;
  readonly pausedUntil: Instant;
  /** Wrong recovery codes within the last window, oldest first. */
  readonly recoveryWrongAt: readonly Instant[];
  /** Wrong codes of calls within the last window, oldest first. */
  readonly callWrongAt: readonly Instant[];
  /** All wrong codes of the last weeks, since the owner was last told of them. A success does not clear it. */
  readonly wrongAt: readonly Instant[];
};

export const noGuesses: GuessRecord = {
  consecutiveWrong: 0,
  pausedUntil: 0,
  recoveryWrongAt: [],
  callWrongAt: [],
  wrongAt: [],
};
