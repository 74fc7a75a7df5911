import { describe, expect, test } from "vitest";
import { answerRecoveryCode } from "../../lib/recovery-codes/answer-recovery-code.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt, totpKeys } from "../support/authenticator.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { challengeId, sessionId } from "../support/ids.ts";
import { hashOf, recoveryCodesOf } from "../support/recovery-codes.ts";
import { context, minute, noon, second } from "../support/time.ts";

const client = aClient({ device: "Safari on macOS" });
const mine = sessionId("mine");

const ann = anAccount({
  authenticators: [anAuthenticator(), anAuthenticator("tablet")],
  recoveryCodes: recoveryCodesOf("00000-00000", "11111-11111"),
  challenges: [aChallenge()],
});

const answer = (account = ann, given: Parameters<typeof anAnswer>[0] = {}, now = noon) =>
  answerTotp(
    account,
    { ...anAnswer({ client, ...given }), code: codeAt(now), totpKeys },
    context(now),
  );

test("a right code approves and completes in one save", () => {
  const { account, outcome } = answer();
  const completion = {
    sessionId: "new-session",
    method: "totp",
    at: noon,
    epoch: 1,
    repeatKeyHash: null,
    grantHash: null,
  };
  expect(outcome).toMatchObject({ kind: "completed", completion });
  expect(account).toMatchObject({
    challenges: [{ status: "approved", completion }],
    activity: {
      signIns: [{ event: "signed_in", method: "totp", device: "Safari on macOS", at: noon }],
    },
    epoch: 1,
  });
});

test("a re-authentication renews its own session, and opens none", () => {
  const account = { ...ann, challenges: [aChallenge({ sessionId: mine })] };
  const decided = answer(account);
  expect(decided.outcome).toMatchObject({ kind: "completed", completion: { sessionId: "mine" } });
  expect(decided.account.activity.signIns).toMatchObject([{ event: "reauthenticated" }]);
});

test("a challenge completes once", () => {
  const { account } = answer();
  const later = noon + 31 * second;
  expect(answer(account, { newSessionId: sessionId("second") }, later)).toEqual({
    account,
    outcome: { kind: "closed", as: "completed" },
  });
});

test("a challenge that is not there is answered as such, and charges nothing", () => {
  const challenge = challengeId("other");
  expect(answer(ann, { challengeId: challenge })).toEqual({
    account: ann,
    outcome: { kind: "no_challenge" },
  });
});

describe("a recovery code", () => {
  const use = (account = ann, code = "00000-00000") =>
    answerRecoveryCode(
      account,
      { ...anAnswer({ client }), codeHashes: [hashOf(code)] },
      context(noon),
    );

  test("signs in, and ends every session and every other sign-in", () => {
    const account = {
      ...ann,
      challenges: [aChallenge(), aChallenge({ id: challengeId("other") })],
    };
    const decided = use(account);
    expect(decided.outcome).toMatchObject({
      kind: "completed",
      completion: { method: "recovery_code", epoch: 2, sessionId: "new-session" },
    });
    expect(decided.account).toMatchObject({
      epoch: 2,
      keptSessionId: null,
      challenges: [{ status: "approved" }, { status: "cancelled" }],
      recoveryCodes: { left: [hashOf("11111-11111")], used: [hashOf("00000-00000")] },
      activity: { signIns: [{ event: "signed_in" }], changes: [{ event: "recovery_code_used" }] },
    });
  });

  test("at a re-authentication leaves the session that asks", () => {
    const decided = use({ ...ann, challenges: [aChallenge({ sessionId: mine })] });
    expect(decided.account).toMatchObject({ epoch: 2, keptSessionId: "mine" });
    expect(decided.outcome).toMatchObject({ completion: { sessionId: "mine", epoch: 2 } });
  });

  test("that is wrong ends nothing", () => {
    const decided = use(ann, "zzzzz-zzzzz");
    expect(decided.outcome).toMatchObject({ kind: "wrong_code", attemptsLeft: 4 });
    expect(decided.account).toMatchObject({ epoch: 1, recoveryCodes: ann.recoveryCodes });
  });

  test("completes once, though it ends the epoch that its challenge began in", () => {
    const { account } = use();
    expect(use(account, "11111-11111")).toEqual({
      account,
      outcome: { kind: "closed", as: "completed" },
    });
  });
});

describe("the same completion again", () => {
  const repeatKeyHash = "hash of the Idempotency-Key";
  const completed = answer(ann, { repeatKeyHash });
  const repeat = (given: Parameters<typeof anAnswer>[0], now: number) =>
    answer(completed.account, { repeatKeyHash, ...given }, now);

  test("is had for a minute with its Idempotency-Key: the same session, nothing charged or saved", () => {
    for (const now of [noon, noon + minute - 1]) {
      const again = repeat({ newSessionId: sessionId("second") }, now);
      expect(again).toEqual({ account: completed.account, outcome: completed.outcome });
      expect(again.account).toBe(completed.account);
    }
  });

  test("is had in no other way: not later, not with another key, not without one", () => {
    const closed = { account: completed.account, outcome: { kind: "closed", as: "completed" } };
    expect(repeat({}, noon + minute)).toEqual(closed);
    expect(repeat({ repeatKeyHash: "other" }, noon + second)).toEqual(closed);
    expect(repeat({ repeatKeyHash: null }, noon + second)).toEqual(closed);
  });

  test("is not had where the first had no key", () => {
    const { account } = answer();
    for (const key of [null, "", repeatKeyHash]) {
      expect(answer(account, { repeatKeyHash: key }, noon + second).outcome).toEqual({
        kind: "closed",
        as: "completed",
      });
    }
  });

  test("is had by asking for the completion, too", () => {
    const ask = (given: Parameters<typeof anAnswer>[0], now = noon + second) =>
      completeChallenge(completed.account, anAnswer(given), context(now));
    expect(ask({ repeatKeyHash })).toEqual(completed);
    expect(ask({}).outcome).toEqual({ kind: "closed", as: "completed" });
    expect(ask({ repeatKeyHash }, noon + minute).outcome).toEqual({
      kind: "closed",
      as: "completed",
    });
  });
});

test("nobody completes by asking: a code is given first", () => {
  const ask = (account: typeof ann, now = noon) =>
    completeChallenge(account, anAnswer(), context(now));
  expect(ask(ann)).toEqual({ account: ann, outcome: { kind: "pending" } });
  expect(ask(ann, noon + 10 * minute).outcome).toEqual({ kind: "closed", as: "expired" });
  expect(ask({ ...ann, epoch: 2 }).outcome).toEqual({ kind: "closed", as: "cancelled" });
  expect(ask({ ...ann, challenges: [] }).outcome).toEqual({ kind: "no_challenge" });
});
