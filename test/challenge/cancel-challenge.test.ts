import { expect, test } from "vitest";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt, totpKeys } from "../support/authenticator.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { challengeId } from "../support/ids.ts";
import { context, minute, noon } from "../support/time.ts";

const client = aClient();

const ann = anAccount({ authenticators: [anAuthenticator()], challenges: [aChallenge()] });

const answer = (account = ann) =>
  answerTotp(account, { ...anAnswer(), code: codeAt(noon), totpKeys }, context(noon));

const cancel = (account: typeof ann, now = noon) =>
  cancelChallenge(account, challengeId("challenge"), client, context(now)).account;

test("cancelling ends a pending challenge for good", () => {
  const account = cancel(ann);
  expect(account).toMatchObject({
    challenges: [{ status: "cancelled" }],
    activity: { signIns: [{ event: "challenge_cancelled" }] },
  });
  expect(answer(account).outcome).toEqual({ kind: "closed", as: "cancelled" });
});

test.each([
  ["completed", answer().account, noon],
  ["expired", ann, noon + 10 * minute],
  ["locked", { ...ann, challenges: [aChallenge({ status: "locked" })] }, noon],
  ["cancelled", { ...ann, challenges: [aChallenge({ status: "cancelled" })] }, noon],
  ["of an older epoch", { ...ann, epoch: 2 }, noon],
  ["not there", { ...ann, challenges: [] }, noon],
])("cancelling leaves a challenge that is %s as it is", (_, account, now) => {
  expect(cancel(account, now)).toBe(account);
});
