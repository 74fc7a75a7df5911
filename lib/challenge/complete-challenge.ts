import { withSessionBegun, type Account, type Context } from "../account/account.ts";
import { noteEnding } from "../account/note-activity.ts";
import type { Decision } from "../account/decision.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { noPrompts } from "../account/telegram.ts";
import { rightGuess } from "../guard/guesses.ts";
import type { Answer } from "./answer.ts";
import type { Challenge, Closed, Completion, SecondMethod } from "../account/challenge.ts";
import { closedAs, replaceChallenge } from "../account/challenges.ts";

/** The challenge is exchanged for a session. The caller must write that session before it answers. */
export type Completed = {
  readonly kind: "completed";
  readonly challenge: Challenge;
  readonly completion: Completion;
};

export type CompleteOutcome =
  | Completed
  | { readonly kind: "pending" }
  | { readonly kind: "closed"; readonly as: Closed }
  | { readonly kind: "no_challenge" };

/** Approves and completes in one save, since the browser in which a code is typed is the one that signs in. */
export function completeApproved(
  account: Account,
  challenge: Challenge,
  answer: Answer,
  method: SecondMethod,
  context: Context,
): Decision<Completed> {
  const completion: Completion = {
    sessionId: challenge.sessionId ?? answer.newSessionId,
    method,
    at: context.now,
    epoch: account.epoch,
    repeatKeyHash: answer.repeatKeyHash,
    proof: account.activity.noted + 1,
    grantHash: challenge.handoff && answer.newGrantHash,
    redeemedBy: null,
  };
  const completed: Challenge = {
    ...challenge,
    status: "approved",
    endedAt: challenge.endedAt ?? context.now,
    completion,
  };
  const isSignIn = challenge.purpose === "sign_in";
  const begun = isSignIn ? withSessionBegun(account, context) : account;
  const event = isSignIn ? "signed_in" : "reauthenticated";
  return {
    account: noteEnding(
      {
        ...replaceChallenge(begun, completed),
        guesses: rightGuess(account.guesses),
        telegram: {
          ...account.telegram,
          prompting: { ...account.telegram.prompting, ...noPrompts },
        },
      },
      challenge.id,
      event,
      answer.client,
      context,
      { method },
    ),
    outcome: { kind: "completed", challenge: completed, completion },
  };
}

/**
 * Gives the same completion again to a browser that did not get the first answer. For a minute, the browser proves
 * itself with the Idempotency-Key of the request that completed; for any other request the challenge is completed. The
 * service makes tokens from that key and the browser's cookie, so they are the same again. If the service's own key was
 * rotated in between, a grant that is not redeemed yet is replaced by a new one. Undefined: the request is no repeat.
 */
export const repeatCompletion = (
  account: Account,
  challenge: Challenge,
  { repeatKeyHash, newGrantHash }: Answer,
  context: Context,
): Decision<Completed> | undefined => {
  const { completion } = challenge;
  if (
    !completion ||
    repeatKeyHash === null ||
    completion.repeatKeyHash !== repeatKeyHash ||
    completion.epoch !== account.epoch ||
    !mayRepeat(completion.at, context)
  ) {
    return undefined;
  }
  const { grantHash, redeemedBy } = completion;
  if (grantHash === null || grantHash === newGrantHash || redeemedBy !== null) {
    return { account, outcome: { kind: "completed", challenge, completion } };
  }
  const renewed = { ...completion, grantHash: newGrantHash };
  return {
    account: replaceChallenge(account, { ...challenge, completion: renewed }),
    outcome: { kind: "completed", challenge, completion: renewed },
  };
};

/**
 * `POST /v1/challenge/complete`: exchanges a challenge, which was approved elsewhere, for a session of the browser that
 * holds it.
 */
export function completeChallenge(
  account: Account,
  answer: Answer,
  context: Context,
): Decision<CompleteOutcome> {
  const challenge = account.challenges.find((one) => one.id === answer.challengeId);
  if (!challenge) return { account, outcome: { kind: "no_challenge" } };

  const repeated = repeatCompletion(account, challenge, answer, context);
  if (repeated) return repeated;

  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  return challenge.status === "approved"
    ? completeApproved(account, challenge, answer, "telegram", context)
    : { account, outcome: { kind: "pending" } };
}
