import type { Account } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import { newChallengeId, type Instant } from "../account/ids.ts";
import { promptNumbers } from "../telegram/prompt.ts";
import { challengeView } from "../whole-account/challenge-view.ts";
import type { OpenOutcome } from "../challenge/open-challenge.ts";
import type { NewPromptedChallenge } from "../telegram/open-with-prompt.ts";
import type { Challenge } from "../account/challenge.ts";
import { hashToken } from "../crypto/token.ts";
import { answer } from "./answer.ts";
import { setChallengeCookie } from "./cookies.ts";
import { tooManyAttempts } from "./retry-after.ts";
import type { Services } from "../account/services.ts";
import { newSecret } from "../crypto/random.ts";
import { contextOf } from "../account/account.ts";

/** Prepares a challenge to open, and the secret that its browser will hold. */
export const prepareChallenge = (
  services: Services,
  client: Client,
): { readonly asked: NewPromptedChallenge; readonly secret: string } => {
  const secret = newSecret(services);
  const id = newChallengeId(services);
  return {
    asked: {
      id,
      secretHash: hashToken(secret),
      client,
      sessionId: null,
      handoff: null,
      numbers: promptNumbers(services.random(6)),
    },
    secret,
  };
};

/** The answer to a right password that is not enough: the challenge and its cookie, and no session. */
export const answerOpened = (
  services: Services,
  { account, outcome }: { readonly account: Account; readonly outcome: OpenOutcome },
  secret: string,
  now: Instant,
) => {
  switch (outcome.kind) {
    case "too_many_challenges":
      return tooManyAttempts(outcome.until, now);
    case "second_step": {
      const { challenge } = outcome;
      const cookie = setChallengeCookie(
        { accountId: account.id, id: challenge.id, secret },
        services.limits.challenge.lifeSeconds,
      );
      const view = challengeView(account, asSaved(account, challenge), contextOf(services, now));
      return answer(200, { status: "second_step", challenge: view }, [cookie]);
    }
  }
};

/** Returns the challenge as it is after its effects, such as a prompt that could not be queued. */
export const asSaved = (account: Account, challenge: Challenge): Challenge =>
  account.challenges.find((one) => one.id === challenge.id) ?? challenge;
