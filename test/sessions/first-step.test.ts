import { describe, expect, test } from "vitest";
import {
  passFirstStep,
  passReauthentication,
  type RightPassword,
} from "../../lib/sessions/first-step.ts";
import { anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aNewChallenge } from "../support/challenge.ts";
import { sessionId } from "../support/ids.ts";
import { aSession } from "../support/session.ts";
import { context, noon } from "../support/time.ts";

const password: RightPassword = {
  email: "ann@example.com",
  verifiedHash: "hash",
  rehashed: undefined,
  epoch: 3,
};
const plain = anAccount({ password: "hash", epoch: 3 });
const guarded = { ...plain, authenticators: [anAuthenticator()] };

const pass = (account = plain, given: Partial<RightPassword> = {}) =>
  passFirstStep(account, { ...password, ...given }, aNewChallenge(), context(noon));

describe("at sign-in a right password", () => {
  test("is enough where the second step is off", () => {
    const { account, outcome } = pass();
    expect(outcome).toEqual({ kind: "signed_in", epoch: 3, proof: 1 });
    expect(account).toEqual({
      ...plain,
      sessionsBegunAt: [noon],
      activity: {
        noted: 1,
        signIns: [
          { ...aNewChallenge().client, at: noon, event: "signed_in", n: 1, method: "password" },
        ],
        changes: [],
      },
    });
  });

  test("leads to a challenge alone where it is on", () => {
    const { account, outcome } = pass(guarded);
    expect(outcome).toMatchObject({
      kind: "second_step",
      challenge: { purpose: "sign_in", epoch: 3, sessionId: null },
    });
    expect(account.activity.signIns).toMatchObject([
      { event: "challenge_opened", challengeId: account.challenges[0]?.id },
    ]);
  });

  test("leads to nothing once all sign-ins under way were ended", () => {
    for (const account of [plain, guarded]) {
      const ended = { ...account, epoch: 4 };
      expect(pass(ended)).toEqual({ account: ended, outcome: { kind: "ended" } });
    }
  });

  test("forgives no guesses", () => {
    const guesses = {
      consecutiveWrong: 7,
      pausedUntil: noon + 1,
      recoveryWrongAt: [noon],
      callWrongAt: [],
      wrongAt: [noon],
    };
    for (const account of [plain, guarded]) {
      expect(pass({ ...account, guesses }).account.guesses).toEqual(guesses);
    }
  });

  test.each([
    ["the password was changed meanwhile", { ...guarded, password: "new" }],
    ["the password was taken away meanwhile", { ...guarded, password: null }],
    ["the mail was changed meanwhile", { ...guarded, email: "ann@example.org" }],
  ])("is worth nothing if %s", (_, account) => {
    expect(pass(account)).toEqual({ account, outcome: { kind: "invalid_credentials" } });
  });

  test("hashed anew replaces the outdated hash, in the same save", () => {
    for (const account of [plain, guarded]) {
      expect(pass(account, { rehashed: "better" }).account.password).toBe("better");
    }
  });

  test("that was changed meanwhile is not put back by a hash made anew", () => {
    const account = { ...plain, password: "new" };
    expect(pass(account, { rehashed: "better" }).account).toBe(account);
  });
});

describe("at re-authentication a right password", () => {
  const mine = aSession({ id: sessionId("mine"), epoch: 3 });
  const prove = (account = plain, session = mine) =>
    passReauthentication(account, password, session, aNewChallenge(), context(noon));

  test("is enough where the second step is off", () => {
    const { account, outcome } = prove();
    expect(outcome).toEqual({ kind: "reauthenticated", epoch: 3, proof: 1 });
    expect(account.activity.signIns).toMatchObject([{ event: "reauthenticated" }]);
  });

  test("leads to a challenge for that very session where it is on", () => {
    expect(prove(guarded).outcome).toMatchObject({
      kind: "second_step",
      challenge: { purpose: "reauthentication", sessionId: "mine" },
    });
  });

  test("is worth nothing to a session that was ended meanwhile", () => {
    const account = { ...guarded, epoch: 4, keptSessionId: sessionId("other") };
    expect(prove(account)).toEqual({ account, outcome: { kind: "unauthenticated" } });
  });

  test("serves the keptSessionId of the last reset", () => {
    const account = { ...plain, epoch: 4, keptSessionId: mine.id };
    expect(prove(account).outcome).toEqual({ kind: "reauthenticated", epoch: 3, proof: 1 });
  });

  test("is worth nothing once it was changed", () => {
    const account = { ...guarded, password: "new" };
    expect(prove(account)).toEqual({ account, outcome: { kind: "invalid_credentials" } });
  });
});
