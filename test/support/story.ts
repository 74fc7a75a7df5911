import type { Account } from "../../lib/account/account.ts";
import type { Decision } from "../../lib/account/decision.ts";
import type { ChallengeId, Instant, SessionId } from "../../lib/account/ids.ts";
import type { AnswerOutcome } from "../../lib/challenge/answer-challenge.ts";
import { answerRecoveryCode } from "../../lib/recovery-codes/answer-recovery-code.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import type { OpenOutcome } from "../../lib/challenge/open-challenge.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { defaultLimits, type Limits } from "../../lib/settings/limits.ts";
import { aNewChallenge, anAnswer } from "./challenge.ts";
import { codeAt, totpKeys, wrongCodeAt } from "./authenticator.ts";
import { challengeId, sessionId } from "./ids.ts";
import { hashOf } from "./recovery-codes.ts";
import { context, noon } from "./time.ts";

/** An account over time. The story saves each decision at once; the clock moves only when the test calls `wait`. */
export type Story = {
  readonly account: () => Account;
  readonly now: () => Instant;
  readonly wait: (milliseconds: number) => void;
  readonly decide: <Outcome>(
    decision: (account: Account, now: ReturnType<typeof context>) => Decision<Outcome>,
  ) => Outcome;
  /** Asks for a challenge, as a right password does. */
  readonly tryToOpen: (session?: SessionId) => OpenOutcome;
  /** Opens a challenge and returns its id. Throws if the account does not get one. */
  readonly open: (session?: SessionId) => ChallengeId;
  readonly totp: (challenge: ChallengeId, code: string) => AnswerOutcome;
  readonly recoveryCode: (challenge: ChallengeId, code: string) => AnswerOutcome;
  readonly right: (challenge: ChallengeId) => AnswerOutcome;
  readonly wrong: (challenge: ChallengeId) => AnswerOutcome;
};

export const aStory = (given: Account, limits: Limits = defaultLimits): Story => {
  let [account, now, made] = [given, noon, 0];
  const decide: Story["decide"] = (decision) => {
    const decided = decision(account, context(now, limits));
    account = decided.account;
    return decided.outcome;
  };
  const tryToOpen: Story["tryToOpen"] = (session) => {
    const asked = aNewChallenge({
      id: challengeId(`challenge-${(made += 1)}`),
      sessionId: session ?? null,
    });
    return decide((one, context) => openWithPrompt(one, asked, context));
  };
  const answerTo = (challenge: ChallengeId) =>
    anAnswer({ challengeId: challenge, newSessionId: sessionId(`session-of-${challenge}`) });
  const totp: Story["totp"] = (challenge, code) =>
    decide((one, context) => answerTotp(one, { ...answerTo(challenge), code, totpKeys }, context));

  return {
    account: () => account,
    now: () => now,
    wait: (milliseconds) => {
      now += milliseconds;
    },
    decide,
    tryToOpen,
    open: (session) => {
      const outcome = tryToOpen(session);
      if (outcome.kind !== "second_step") throw new Error(`No challenge: ${outcome.kind}.`);
      return outcome.challenge.id;
    },
    totp,
    recoveryCode: (challenge, code) =>
      decide((one, context) =>
        answerRecoveryCode(one, { ...answerTo(challenge), codeHashes: [hashOf(code)] }, context),
      ),
    right: (challenge) => totp(challenge, codeAt(now)),
    wrong: (challenge) => totp(challenge, wrongCodeAt(now)),
  };
};
