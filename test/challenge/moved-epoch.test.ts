import { expect, test } from "vitest";
import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { statusAt } from "../../lib/account/challenge.ts";
import { replaceRecoveryCodes } from "../../lib/recovery-codes/recovery-codes.ts";
import { removeTotp } from "../../lib/totp/remove-totp.ts";
import { endSessions } from "../../lib/sessions/end-sessions.ts";
import { setPassword } from "../../lib/sessions/set-password.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt, totpKeys } from "../support/authenticator.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { authenticatorId, sessionId } from "../support/ids.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";
import { aStory } from "../support/story.ts";
import { context, minute, noon } from "../support/time.ts";

const client = aClient();
const mine = sessionId("mine");

const ann = anAccount({
  authenticators: [anAuthenticator(), anAuthenticator("tablet")],
  recoveryCodes: recoveryCodesOf("00000-00000", "11111-11111"),
  challenges: [aChallenge()],
});

const answer = (account = ann) =>
  answerTotp(account, { ...anAnswer(), code: codeAt(noon), totpKeys }, context(noon));

const input = { sessionId: mine, client };
const causes = {
  "an authenticator was removed": (one: typeof ann) =>
    removeTotp(one, { ...input, id: authenticatorId("tablet") }, context(noon)).account,
  "the recovery codes were replaced": (one: typeof ann) =>
    replaceRecoveryCodes(one, { ...input, hashes: [] }, context(noon)).account,
  "the password was changed": (one: typeof ann) =>
    setPassword(one, { ...input, hash: "new" }, context(noon)).account,
  "all sessions were ended": (one: typeof ann) => endSessions(one, input, context(noon)).account,
  "another sign-in used a recovery code": (one: typeof ann) => {
    const story = aStory(one);
    story.recoveryCode(story.open(), "00000-00000");
    return story.account();
  },
  // The factor is given back, so that nothing but the epoch stands in the way.
  "the host reset the account": (one: typeof ann) => ({
    ...resetAccount(one, client, context(noon)).account,
    authenticators: one.authenticators,
  }),
};

test.each(Object.entries(causes))("after %s, no challenge of before completes", (_, cause) => {
  const account = cause(ann);
  expect(account.epoch).toBe(2);
  const { outcome, account: after } = answer(account);
  expect(outcome).toEqual({ kind: "closed", as: "cancelled" });
  expect(after).toBe(account);
  // What it is now it stays, when its ten minutes have passed, too.
  const [challenge] = account.challenges;
  expect(challenge && statusAt(challenge, noon + 11 * minute)).toBe("cancelled");
});

test("a challenge that somehow stayed pending does not complete either", () => {
  const account = { ...ann, epoch: 2 };
  expect(answer(account)).toEqual({ account, outcome: { kind: "closed", as: "cancelled" } });
});
