import type { Account, Context } from "../account/account.ts";
import { replaceChallenge } from "../account/challenges.ts";
import type { Decision } from "../account/decision.ts";
import type { PromptNumbers } from "../account/prompt.ts";
import { openChallenge, type NewChallenge, type OpenOutcome } from "../challenge/open-challenge.ts";
import { firstPrompt } from "./prompt.ts";

export type NewPromptedChallenge = NewChallenge & {
  /** For Telegram, if the person has it. */
  readonly numbers: PromptNumbers;
};

/** Opens a challenge and prompts the linked Telegram accounts in the same save. Prompts have limits of their own. */
export function openWithPrompt(
  account: Account,
  { numbers, ...asked }: NewPromptedChallenge,
  context: Context,
): Decision<OpenOutcome> {
  const opened = openChallenge(account, asked, context);
  if (opened.outcome.kind !== "second_step") return opened;
  const { account: prompted, prompt } = firstPrompt(opened.account, numbers, context);
  const challenge = { ...opened.outcome.challenge, telegram: prompt };
  return {
    account: replaceChallenge(prompted, challenge),
    outcome: { kind: "second_step", challenge },
  };
}
