import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId, Instant } from "../account/ids.ts";
import type { Challenge, Closed } from "../account/challenge.ts";
import { closedAs, replaceChallenge } from "../account/challenges.ts";
import { promptAll, nextPromptAt } from "./prompt.ts";
import type { PromptNumbers } from "../account/prompt.ts";

export type PromptAgainOutcome =
  | { readonly kind: "prompted"; readonly challenge: Challenge }
  | { readonly kind: "too_early"; readonly until: Instant }
  | { readonly kind: "method_unavailable" }
  | { readonly kind: "closed"; readonly as: Closed }
  | { readonly kind: "no_challenge" };

/** Prompts all linked accounts again, with the same number, within the limits. */
export function promptAgain(
  account: Account,
  input: { readonly challengeId: ChallengeId; readonly numbers: PromptNumbers },
  context: Context,
): Decision<PromptAgainOutcome> {
  const challenge = account.challenges.find((one) => one.id === input.challengeId);
  if (!challenge) return { account, outcome: { kind: "no_challenge" } };
  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  // The challenge is approved and not completed yet: there is nothing left to prompt for.
  if (challenge.status === "approved") return { account, outcome: { kind: "prompted", challenge } };

  const until = promptAgainAt(account, challenge, context);
  if (until === undefined) return { account, outcome: { kind: "method_unavailable" } };
  if (until > context.now) return { account, outcome: { kind: "too_early", until } };

  const made = promptAll(account, challenge.telegram, input.numbers, context);
  const prompted = { ...challenge, telegram: made.prompt };
  return {
    account: replaceChallenge(made.account, prompted),
    outcome: { kind: "prompted", challenge: prompted },
  };
}

/** When this challenge may prompt again; undefined: there is no account to prompt. */
export const promptAgainAt = (
  account: Account,
  { telegram }: Challenge,
  context: Context,
): Instant | undefined => {
  const next = nextPromptAt(account, context);
  return next === undefined || !telegram
    ? next
    : Math.max(next, telegram.promptedAt + context.limits.telegram.promptAgainSeconds * 1000);
};
