import { describe, expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import type { Account } from "../../lib/account/account.ts";
import {
  confirmPhone,
  resolveCheckedPhone,
  type ConfirmPhone,
} from "../../lib/phone/confirm-phone.ts";
import { noGuesses } from "../../lib/account/guesses.ts";
import { callCode, smsCode } from "../../lib/phone/fallback/codes.ts";
import { otherThan } from "./fallback/support/world.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aChallenge } from "../support/challenge.ts";
import { phoneId, sessionId } from "../support/ids.ts";
import {
  aFallback,
  aNumber,
  aPhone,
  aPhoneEnrolment,
  aSend,
  codeKeys,
  codesKey,
} from "../support/phones.ts";
import { context, minute, noon, second } from "../support/time.ts";

const id = phoneId("phone_begun");
const right = callCode(codesKey, id, 1);
const wrong = otherThan(right);

const begun = (given: Parameters<typeof aPhoneEnrolment>[0] = {}) =>
  aPhoneEnrolment({ fallback: aFallback({ sends: [aSend()] }), ...given });

const withBegun = (given: Partial<Account> = {}): Account =>
  anAccount({ authenticators: [anAuthenticator()], phoneEnrolment: begun(), ...given });

const input = (code: string): ConfirmPhone => ({
  id,
  code,
  codeKeys,
  sessionId: sessionId("mine"),
  client: aClient(),
});

const confirm = (account: Account, code: string, now = noon + minute) =>
  confirmPhone(account, input(code), context(now));

test("the code of the call makes the number usable, is noted, and ends all other sessions and sign-ins", () => {
  const { account, outcome } = confirm(withBegun({ challenges: [aChallenge()] }), right);
  expect(outcome).toEqual({ kind: "confirmed" });
  expect(account.phones).toEqual([aPhone({ id, confirmedAt: noon + minute })]);
  expect(account.phoneEnrolment).toBeNull();
  expect(account).toMatchObject({ epoch: 2, keptSessionId: "mine" });
  expect(account.challenges[0]?.status).toBe("cancelled");
  expect(recentActivity(account)[0]?.event).toBe("phone_added");
});

test("so does the code of the SMS", () => {
  const sends = [aSend({ channel: "sms" })];
  const account = withBegun({ phoneEnrolment: begun({ fallback: aFallback({ sends }) }) });
  expect(confirm(account, smsCode(codesKey, id)).outcome).toEqual({ kind: "confirmed" });
});

test("a number that was confirmed before is there once, with its new id", () => {
  const account = withBegun({ phones: [aPhone()] });
  expect(confirm(account, right).account.phones.map((one) => one.id)).toEqual([id]);
  const other = aPhone({ number: aNumber("+380501234543") });
  expect(confirm(withBegun({ phones: [other] }), right).account.phones).toHaveLength(2);
});

test("a code that nobody knows, as the carrier's answer was lost, is neither compared nor charged", () => {
  const sends = [aSend({ state: "unknown", reference: null, code: { kind: "unknown" } })];
  const before = withBegun({ phoneEnrolment: begun({ fallback: aFallback({ sends }) }) });
  const { account, outcome } = confirm(before, right);
  expect(outcome).toEqual({ kind: "code_unavailable" });
  expect(account).toBe(before);
});

describe("a wrong code", () => {
  test("is charged as at sign-in", () => {
    const { account, outcome } = confirm(withBegun(), wrong);
    expect(outcome).toEqual({ kind: "wrong_code", attemptsLeft: 4 });
    expect(account.guesses).toMatchObject({
      consecutiveWrong: 1,
      callWrongAt: [noon + minute],
    });
  });

  test("for the fifth time ends the enrolment, whatever comes then", () => {
    let account = withBegun();
    for (let n = 0; n < 5; n += 1) {
      const decided = confirm(account, wrong);
      expect(decided.outcome).toEqual({ kind: "wrong_code", attemptsLeft: 4 - n });
      account = decided.account;
    }
    expect(account.phoneEnrolment).toBeNull();
    expect(confirm(account, right)).toEqual({ account, outcome: { kind: "not_found" } });
  });

  test("counts to the day's five of calls, over all numbers and sign-ins", () => {
    const guesses = { ...noGuesses, callWrongAt: [1, 2, 3, 4, 5].map((n) => noon - n * minute) };
    const account = withBegun({ guesses });
    expect(confirm(account, right)).toMatchObject({ account, outcome: { kind: "paused" } });
  });
});

describe("refused unread is a code", () => {
  test.each([
    ["of another number", withBegun({ phoneEnrolment: begun({ id: phoneId("p") }) }), "not_found"],
    ["of no number", withBegun({ phoneEnrolment: null }), "not_found"],
    [
      "of an enrolment that took too long",
      withBegun({ phoneEnrolment: begun({ expiresAt: noon + minute }) }),
      "enrolment_expired",
    ],
    ["where the second step is off", withBegun({ authenticators: [] }), "second_step_required"],
    [
      "while guesses are paused",
      withBegun({ guesses: { ...noGuesses, pausedUntil: noon + 2 * minute } }),
      "paused",
    ],
    [
      "before anything was sent",
      withBegun({ phoneEnrolment: begun({ fallback: null }) }),
      "method_unavailable",
    ],
    [
      "while the last guess is with a carrier",
      withBegun({ phoneEnrolment: begun({ wrongGuesses: 5 }) }),
      "not_found",
    ],
  ])("%s", (_, account, kind) => {
    const decided = confirm(account, right);
    expect(decided.outcome.kind).toBe(kind);
    expect(decided.account).toBe(account);
  });
});

describe("a code that the carrier checks", () => {
  const checked = withBegun({
    phoneEnrolment: begun({
      fallback: aFallback({ sends: [aSend({ code: { kind: "checked" } })] }),
    }),
    guesses: { ...noGuesses, consecutiveWrong: 2, callWrongAt: [noon - minute] },
  });
  const resolve = (account: Account, said: boolean, now = noon + minute) =>
    resolveCheckedPhone(account, input("1234"), said, context(now));

  test("is charged before the carrier is asked", () => {
    const { account, outcome } = confirm(checked, "1234");
    expect(outcome).toEqual({
      kind: "ask_carrier",
      calls: [{ carrier: "acme", reference: "reference-1" }],
    });
    expect(account.guesses.consecutiveWrong).toBe(3);
    expect(account.phoneEnrolment?.wrongGuesses).toBe(1);
  });

  test("stays charged when it is wrong", () => {
    const { account, outcome } = resolve(confirm(checked, "1234").account, false);
    expect(outcome).toEqual({ kind: "wrong_code", attemptsLeft: 4 });
    expect(account.guesses).toMatchObject({
      consecutiveWrong: 3,
      callWrongAt: [noon - minute, noon + minute],
    });
  });

  test("confirms when it is right, and nothing stays charged", () => {
    const { account, outcome } = resolve(confirm(checked, "1234").account, true);
    expect(outcome).toEqual({ kind: "confirmed" });
    expect(account.phones).toHaveLength(1);
    expect(account.guesses).toMatchObject({
      consecutiveWrong: 2,
      callWrongAt: [noon - minute],
    });
  });

  test("that is right starts no pause that a wrong one would", () => {
    const close = { ...checked, guesses: { ...noGuesses, consecutiveWrong: 4 } };
    const { account } = resolve(confirm(close, "1234").account, true);
    expect(account.guesses.pausedUntil).toBeLessThanOrEqual(noon + minute);
  });

  test("does not confirm where the second step went away meanwhile, or the enrolment did", () => {
    const { account } = confirm(checked, "1234");
    expect(resolve({ ...account, authenticators: [] }, true).outcome).toEqual({
      kind: "second_step_required",
    });
    expect(resolve({ ...account, phoneEnrolment: null }, true).outcome).toEqual({
      kind: "not_found",
    });
  });
});

test("a code that was good for a number's enrolment is good for nothing else", () => {
  const other = phoneId("phone_other");
  const account = withBegun({ phoneEnrolment: begun({ id: other }) });
  const given = { ...input(right), id: other };
  expect(confirmPhone(account, given, context(noon + 30 * second)).outcome.kind).toBe("wrong_code");
});
