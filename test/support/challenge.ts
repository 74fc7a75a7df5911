import type { Answer } from "../../lib/challenge/answer.ts";
import type { Challenge } from "../../lib/account/challenge.ts";
import type { NewPromptedChallenge } from "../../lib/telegram/open-with-prompt.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { aClient } from "./account.ts";
import { challengeId, sessionId } from "./ids.ts";
import { minute, noon } from "./time.ts";

/** A sign-in that has waited for its second step since `openedAt`, under the epoch of a new account. */
export const aChallenge = (given: Partial<Challenge> = {}): Challenge => {
  const openedAt = given.openedAt ?? noon;
  return {
    id: challengeId("challenge"),
    purpose: given.sessionId ? "reauthentication" : "sign_in",
    secretHash: hashToken("secret of the browser"),
    epoch: 1,
    openedAt,
    expiresAt: openedAt + 10 * minute,
    client: aClient(),
    status: "pending",
    endedAt: null,
    wrongGuesses: 0,
    sessionId: null,
    completion: null,
    telegram: null,
    fallback: null,
    handoff: null,
    ...given,
  };
};

export const aNewChallenge = (given: Partial<NewPromptedChallenge> = {}): NewPromptedChallenge => ({
  id: challengeId("challenge"),
  secretHash: hashToken("secret of the browser"),
  client: aClient(),
  sessionId: null,
  handoff: null,
  numbers: ["47", "12", "83"],
  ...given,
});

/** An answer to `aChallenge`, without an Idempotency-Key. */
export const anAnswer = (given: Partial<Answer> = {}): Answer => ({
  challengeId: challengeId("challenge"),
  client: aClient(),
  newSessionId: sessionId("new-session"),
  repeatKeyHash: null,
  newGrantHash: hashToken("grant"),
  ...given,
});
