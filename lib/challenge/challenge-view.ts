import { secondStepIsOn, type Account, type Context } from "../account/account.ts";
import { codesAreOff, recoveryOffUntil } from "../guard/guess-guard.ts";
import { statusAt, type Challenge } from "./challenge.ts";

/** A challenge as its browser sees it. A method that cannot be used now is absent. */
export const challengeView = (account: Account, challenge: Challenge, context: Context) => ({
  id: challenge.id,
  purpose: challenge.purpose,
  status: statusAt(challenge, context.now),
  expiresAt: new Date(challenge.expiresAt).toISOString(),
  attemptsLeft: Math.max(0, context.limits.challenge.guesses - challenge.wrongGuesses),
  methods: methods(account, context),
});

const methods = (account: Account, context: Context) => {
  const left = account.recoveryCodes?.left.length ?? 0;
  const recoveryOff = recoveryOffUntil(account.guesses, context) > context.now;
  const codesOff = codesAreOff(account.guesses, context);
  return {
    ...(account.authenticators.length > 0 && !codesOff && { totp: { digits: 6 } }),
    ...(secondStepIsOn(account) && left > 0 && !recoveryOff && { recoveryCode: { left } }),
  };
};
