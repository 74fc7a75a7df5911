import type { Answer } from "./answer.ts";
import type { Account, Context } from "../account/account.ts";
import { noteEnding } from "../account/note-activity.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId, Instant } from "../account/ids.ts";
import { noteWhatIsOff } from "../guard/note-what-is-off.ts";
import { codesAreOff, guessPause, wrongGuess, type CodeMethod } from "../guard/guesses.ts";
import type { AskCarrier, ClockDrift, OwnRefusal, Verdict } from "./verdict.ts";
import { endChallenge, type Challenge, type Closed } from "../account/challenge.ts";
import { closedAs, replaceChallenge } from "../account/challenges.ts";
import { completeApproved, repeatCompletion, type Completed } from "./complete-challenge.ts";

export type AnswerOutcome =
  | Completed
  | {
      readonly kind: "wrong_code";
      readonly attemptsLeft: number;
      readonly clock: ClockDrift | undefined;
    }
  | { readonly kind: "code_already_used" }
  /** The guess is recorded; only the carrier can tell whether it is right, see `resolveCheckedCode`. */
  | AskCarrier
  | { readonly kind: "paused"; readonly until: Instant }
  | { readonly kind: "method_unavailable" }
  | { readonly kind: "closed"; readonly as: Closed }
  | { readonly kind: "no_challenge" };

/**
 * Decides a code of any method against a challenge. The order of the checks is the defence:
 * 1. for a challenge that is over, the function says so and reads no code;
 * 2. during a pause, it refuses a right code exactly like a wrong one, because it compares neither;
 * 3. it records a guess that is wrong, or that only a carrier can check, in the account that it returns, so the guess
 *    counts before anybody sees the outcome.
 *
 * Attacks considered: a burst of parallel guesses (only one save wins; the others are decided again on the recorded
 * account); guesses spread over challenges, methods or addresses (one record covers the account); guesses during a
 * pause (not compared); the replay of a code that was seen over a shoulder (`replayed`: nothing recorded, nothing
 * gained); a challenge that was kept from before the methods changed (epoch).
 */
export function answerChallenge<Own = never>(
  account: Account,
  answer: Answer,
  method: CodeMethod,
  context: Context,
  judge: (challenge: Challenge) => Verdict | OwnRefusal<Own>,
): Decision<AnswerOutcome | Own> {
  const challenge = account.challenges.find((one) => one.id === answer.challengeId);
  if (!challenge) return { account, outcome: { kind: "no_challenge" } };

  const repeated = repeatCompletion(account, challenge, answer, context);
  if (repeated) return repeated;

  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };

  // The person answered in Telegram while they typed the code: the second step is done, and the code stays unread.
  if (challenge.status === "approved") {
    return completeApproved(account, challenge, answer, "telegram", context);
  }
  // A carrier is checking the last guesses: no more are taken before it has answered.
  if (challenge.wrongGuesses >= context.limits.challenge.guesses) {
    return { account, outcome: { kind: "closed", as: "locked" } };
  }
  if (method !== "recovery_code" && codesAreOff(account.guesses, context)) {
    return { account, outcome: { kind: "method_unavailable" } };
  }
  const pausedUntil = guessPause(account.guesses, method, context);
  if (pausedUntil) return { account, outcome: { kind: "paused", until: pausedUntil } };

  const verdict = judge(challenge);
  switch (verdict.kind) {
    case "unavailable":
      return { account, outcome: { kind: "method_unavailable" } };
    case "refused":
      return { account, outcome: verdict.outcome };
    case "replayed":
      return { account, outcome: { kind: "code_already_used" } };
    case "wrong":
      return refuseWrongCode(verdict, challenge, answer.client, method, context);
    case "ask_carrier": {
      const recorded = recordGuess(account, challenge, method, context);
      return { account: recorded, outcome: verdict };
    }
    case "right":
      return completeApproved(verdict.account, challenge, answer, method, context);
  }
}

/** Records the guess on the account and on the challenge. */
const recordGuess = (
  account: Account,
  challenge: Challenge,
  method: CodeMethod,
  context: Context,
): Account =>
  replaceChallenge(
    { ...account, guesses: wrongGuess(account.guesses, method, context) },
    { ...challenge, wrongGuesses: challenge.wrongGuesses + 1 },
  );

const refuseWrongCode = (
  verdict: Extract<Verdict, { kind: "wrong" }>,
  challenge: Challenge,
  client: Client,
  method: CodeMethod,
  context: Context,
): Decision<AnswerOutcome> => {
  const recorded = recordGuess(verdict.account, challenge, method, context);
  return refuseRecorded(recorded, challenge.id, client, context, verdict.clock);
};

/** Refuses a recorded guess that was wrong. The last wrong guess locks the challenge. */
export function refuseRecorded(
  recorded: Account,
  id: ChallengeId,
  client: Client,
  context: Context,
  clock?: ClockDrift,
): Decision<AnswerOutcome> {
  const { limits } = context;
  const challenge = recorded.challenges.find((one) => one.id === id);
  if (!challenge) return { account: recorded, outcome: { kind: "no_challenge" } };
  const attemptsLeft = Math.max(0, limits.challenge.guesses - challenge.wrongGuesses);
  let account = recorded;
  if (attemptsLeft === 0) {
    account = replaceChallenge(account, endChallenge(challenge, "locked", context.now));
    account = noteEnding(account, challenge.id, "challenge_locked", client, context);
  }
  account = noteWhatIsOff(account, client, context);
  return { account, outcome: { kind: "wrong_code", attemptsLeft, clock } };
}
