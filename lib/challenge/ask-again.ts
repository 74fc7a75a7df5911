import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId, Instant } from "../account/ids.ts";
import { closedAs, replaceChallenge, type Challenge, type Closed } from "./challenge.ts";
import { askAll, nextAskAt, type AskNumbers } from "./telegram-ask.ts";

export type AskAgainOutcome =
  | { readonly kind: "asking"; readonly challenge: Challenge }
  | { readonly kind: "too_early"; readonly until: Instant }
  | { readonly kind: "method_unavailable" }
  | { readonly kind: "closed"; readonly as: Closed }
  | { readonly kind: "no_challenge" };

/** Asks all linked accounts again, with the same number, within the limits. */
export function askAgain(
  account: Account,
  input: { readonly challengeId: ChallengeId; readonly numbers: AskNumbers },
  context: Context,
): Decision<AskAgainOutcome> {
  const challenge = account.challenges.find((one) => one.id === input.challengeId);
  if (!challenge) return { account, outcome: { kind: "no_challenge" } };
  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  // Approved and not collected yet: there is nothing left to ask.
  if (challenge.status === "approved") return { account, outcome: { kind: "asking", challenge } };

  const until = askAgainAt(account, challenge, context);
  if (until === undefined) return { account, outcome: { kind: "method_unavailable" } };
  if (until > context.now) return { account, outcome: { kind: "too_early", until } };

  const asked = askAll(account, challenge.telegram, input.numbers, context);
  const asking = { ...challenge, telegram: asked.ask };
  return {
    account: replaceChallenge(asked.account, asking),
    outcome: { kind: "asking", challenge: asking },
  };
}

/** When this challenge may ask again; undefined: nobody is there to ask. */
export const askAgainAt = (
  account: Account,
  { telegram }: Challenge,
  context: Context,
): Instant | undefined => {
  const next = nextAskAt(account, context);
  return next === undefined || !telegram
    ? next
    : Math.max(next, telegram.askedAt + context.limits.telegram.askAgainSeconds * 1000);
};
