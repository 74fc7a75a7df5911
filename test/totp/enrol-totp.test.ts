import { expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import { secondStepIsOn } from "../../lib/account/second-step.ts";
import { confirmTotp } from "../../lib/totp/confirm-totp.ts";
import { enrolTotp } from "../../lib/totp/enrol-totp.ts";
import { matchTotp } from "../../lib/totp/match-totp.ts";
import { removeTotp } from "../../lib/totp/remove-totp.ts";
import { aClient, anAccount } from "../support/account.ts";
import {
  anAuthenticator,
  codeAt,
  sealed,
  totpKeys,
  wrongCodeAt,
} from "../support/authenticator.ts";
import { aChallenge } from "../support/challenge.ts";
import { authenticatorId, challengeId, sessionId } from "../support/ids.ts";
import { context, minute, noon, second } from "../support/time.ts";

const mine = sessionId("mine");
const begun = (name: string) => ({ id: authenticatorId(name), name, secret: sealed(name) });
const five = ["a", "b", "c", "d", "e"].map((name) => anAuthenticator(name));

const enrol = (account: Account, name = "phone", now = noon) =>
  enrolTotp(account, begun(name), context(now));

const confirm = (account: Account, code: string, { name = "phone", now = noon } = {}) =>
  confirmTotp(
    account,
    { id: authenticatorId(name), code, totpKeys, sessionId: mine, client: aClient() },
    context(now),
  );

const remove = (account: Account, name = "phone", now = noon) =>
  removeTotp(
    account,
    { id: authenticatorId(name), sessionId: mine, client: aClient() },
    context(now),
  );

test("an authenticator that was begun does nothing until its first code", () => {
  const { account, outcome } = enrol(anAccount());
  expect(outcome).toEqual({ kind: "enrolled", expiresAt: noon + 10 * minute });
  expect(secondStepIsOn(account)).toBe(false);
  expect(matchTotp(account, codeAt(noon), totpKeys, context(noon)).kind).toBe("wrong");
  expect(account.epoch).toBe(1);
});

test("its first code confirms it, ends other sessions and sign-ins, and is used up, in one save", () => {
  const begunAt = enrol(anAccount({ challenges: [aChallenge()] })).account;
  const { account, outcome } = confirm(begunAt, codeAt(noon));
  expect(outcome).toEqual({ kind: "confirmed" });
  expect(account).toMatchObject({
    epoch: 2,
    keptSessionId: mine,
    totpEnrolment: null,
    authenticators: [{ id: "phone", name: "phone", enabledAt: noon, lastUsedAt: null }],
    challenges: [{ status: "cancelled" }],
    activity: { changes: [{ event: "totp_enabled", at: noon }] },
  });
  expect(secondStepIsOn(account)).toBe(true);
  expect(matchTotp(account, codeAt(noon), totpKeys, context(noon)).kind).toBe("replayed");
});

test.each([-1, 0, 1])("a first code of step %i from now confirms", (steps) => {
  const { account } = enrol(anAccount());
  expect(confirm(account, codeAt(noon, { steps })).outcome.kind).toBe("confirmed");
});

test("a wrong first code changes nothing, and charges nothing: who enrols was shown the secret", () => {
  const { account } = enrol(anAccount());
  const wrong = confirm(account, wrongCodeAt(noon));
  expect(wrong.outcome).toEqual({ kind: "wrong_code", offsetSeconds: undefined });
  expect(wrong.account).toBe(account);
});

test.each([
  [-11, undefined],
  [-10, -300],
  [-2, -60],
  [2, 60],
  [10, 300],
  [11, undefined],
])("a first code %i steps off is refused, and the clock explained with %s s", (steps, offset) => {
  const { account } = enrol(anAccount());
  expect(confirm(account, codeAt(noon, { steps })).outcome).toEqual({
    kind: "wrong_code",
    offsetSeconds: offset,
  });
});

test("it can be confirmed for ten minutes, to the last millisecond", () => {
  const { account } = enrol(anAccount());
  const end = noon + 10 * minute;
  const last = confirm(account, codeAt(end - 1), { now: end - 1 });
  expect(last.outcome.kind).toBe("confirmed");
  const late = confirm(account, codeAt(end), { now: end });
  expect(late).toEqual({ account, outcome: { kind: "enrolment_expired" } });
});

test("a new one takes the place of the one that was never confirmed", () => {
  const { account } = enrol(enrol(anAccount(), "first").account, "second", noon + second);
  expect(account.totpEnrolment).toMatchObject({ id: "second" });
  expect(confirm(account, codeAt(noon, { name: "first" }), { name: "first" }).outcome.kind).toBe(
    "not_found",
  );
  expect(confirm(account, codeAt(noon, { name: "first" }), { name: "second" }).outcome.kind).toBe(
    "wrong_code",
  );
});

test("it is confirmed once", () => {
  const { account } = confirm(enrol(anAccount()).account, codeAt(noon));
  const again = confirm(account, codeAt(noon, { steps: 1 }));
  expect(again).toEqual({ account, outcome: { kind: "not_found" } });
});

test("five may be had, and a sixth is neither begun nor confirmed", () => {
  const full = anAccount({ authenticators: five });
  expect(enrol(full)).toEqual({ account: full, outcome: { kind: "limit_reached" } });
  const four = anAccount({ authenticators: five.slice(1) });
  const { account } = enrol(four);
  expect(confirm(account, codeAt(noon)).outcome.kind).toBe("confirmed");
  const filled = { ...account, authenticators: five };
  expect(confirm(filled, codeAt(noon)).outcome.kind).toBe("limit_reached");
});

test("adding another keeps the first and ends other sessions again", () => {
  const one = anAccount({ authenticators: [anAuthenticator("tablet")], epoch: 4 });
  const { account } = confirm(enrol(one).account, codeAt(noon));
  expect(account).toMatchObject({ epoch: 5, authenticators: [{ id: "tablet" }, { id: "phone" }] });
});

test("a secret that was moved into an enrolment is a fault", () => {
  const { account } = enrolTotp(
    anAccount(),
    { ...begun("phone"), secret: sealed("tablet") },
    context(noon),
  );
  expect(() => confirm(account, codeAt(noon, { name: "tablet" }))).toThrow();
});

test("removing one ends other sessions and sign-ins in the same save", () => {
  const both = anAccount({
    authenticators: [anAuthenticator("phone"), anAuthenticator("tablet")],
    challenges: [
      aChallenge(),
      aChallenge({ id: challengeId("late"), openedAt: noon - 10 * minute }),
    ],
  });
  const { account, outcome } = remove(both);
  expect(outcome).toEqual({ kind: "removed" });
  expect(account).toMatchObject({
    epoch: 2,
    keptSessionId: mine,
    authenticators: [{ id: "tablet" }],
    challenges: [{ status: "cancelled" }, { status: "expired" }],
    activity: { changes: [{ event: "totp_removed" }] },
  });
  expect(secondStepIsOn(account)).toBe(true);
});

test("without the last one the second step is off", () => {
  const { account } = remove(anAccount({ authenticators: [anAuthenticator("phone")] }));
  expect(secondStepIsOn(account)).toBe(false);
});

test("giving up one that was begun ends nobody's session", () => {
  const { account, outcome } = remove(enrol(anAccount()).account);
  expect(outcome).toEqual({ kind: "removed" });
  expect(account).toEqual(anAccount());
});

test("removing what is not there changes nothing", () => {
  const account = anAccount({ authenticators: [anAuthenticator("tablet")] });
  expect(remove(account)).toEqual({ account, outcome: { kind: "not_found" } });
});
