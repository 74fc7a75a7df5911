import fc from "fast-check";
import { expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import type { Authenticator } from "../../lib/account/authenticator.ts";
import { matchTotp, spendExplainedStep, useTimeStep } from "../../lib/totp/match-totp.ts";
import { anAccount } from "../support/account.ts";
import {
  anAuthenticator,
  codeAt,
  sealed,
  stepAt,
  totpKeys,
  wrongCodeAt,
} from "../support/authenticator.ts";
import { accountId, authenticatorId } from "../support/ids.ts";
import { context, noon, second } from "../support/time.ts";

const step = stepAt(noon);
const phone = authenticatorId("phone");

const withPhone = (given: Partial<Authenticator> = {}) =>
  anAccount({ authenticators: [anAuthenticator("phone", given)] });

const match = (account: Account, code: string, now = noon) =>
  matchTotp(account, code, totpKeys, context(now));

/** The account after that code was accepted at that time. */
const accepted = (account: Account, code: string, now: number) => {
  const found = match(account, code, now);
  if (found.kind !== "right") throw new Error(`${code} is ${found.kind}.`);
  return useTimeStep(account, found, context(now));
};

test.each([-1, 0, 1])("the code of step %i from now is right", (steps) => {
  expect(match(withPhone(), codeAt(noon, { steps }))).toEqual({
    kind: "right",
    authenticatorId: phone,
    timeStep: step + steps,
  });
});

test("a code is right once", () => {
  const code = codeAt(noon);
  const account = accepted(withPhone(), code, noon);
  for (const later of [0, 1, 29, 30, 59]) {
    expect(match(account, code, noon + later * second).kind).toBe("replayed");
  }
});

test("after a code, none of an earlier step is right: a code seen in passing is worth nothing", () => {
  const account = accepted(withPhone(), codeAt(noon, { steps: 1 }), noon);
  for (const steps of [-1, 0, 1]) {
    expect(match(account, codeAt(noon, { steps }))).toEqual({ kind: "replayed" });
  }
  const next = noon + 30 * second;
  expect(match(account, codeAt(next, { steps: 1 }), next).kind).toBe("right");
});

test("each step can be used after the one before", () => {
  let account = withPhone();
  for (const steps of [-1, 0, 1]) {
    account = accepted(account, codeAt(noon, { steps }), noon);
    expect(account.authenticators[0]).toMatchObject({
      lastStep: step + steps,
      lastUsedAt: noon,
    });
  }
});

test("the code that confirmed an authenticator is used up", () => {
  const account = withPhone({ lastStep: step });
  expect(match(account, codeAt(noon)).kind).toBe("replayed");
});

test("any authenticator's code is right, and uses up that authenticator's step alone", () => {
  const account = anAccount({
    authenticators: ["phone", "tablet", "laptop"].map((name) => anAuthenticator(name)),
  });
  const code = codeAt(noon, { name: "tablet" });
  const used = accepted(account, code, noon);
  expect(match(used, code).kind).toBe("replayed");
  for (const name of ["phone", "laptop"]) {
    expect(match(used, codeAt(noon, { name }))).toMatchObject({
      kind: "right",
      authenticatorId: name,
    });
  }
  expect(used.authenticators.map(({ lastUsedAt }) => lastUsedAt)).toEqual([null, noon, null]);
});

test("a code that one authenticator has used may be another's right one", () => {
  // Both apps hold one secret: whoever scanned one QR code twice.
  const twin = anAuthenticator("tablet");
  const account = anAccount({
    authenticators: [anAuthenticator("tablet", { lastStep: step }), twin],
  });
  expect(match(account, codeAt(noon, { name: "tablet" })).kind).toBe("right");
});

test("an account without authenticators has no right code", () => {
  expect(match(anAccount(), "000000")).toEqual({ kind: "wrong", clock: undefined });
});

test.each(Array.from({ length: 9 }, (_, n) => n + 2).flatMap((steps) => [-steps, steps]))(
  "a clock that is %i steps off is explained, and its code refused",
  (steps) => {
    expect(match(withPhone({ lastStep: 0 }), codeAt(noon, { steps }))).toEqual({
      kind: "wrong",
      clock: { authenticatorId: phone, timeStep: step + steps, offsetSeconds: steps * 30 },
    });
  },
);

test.each([-12, -11, 11, 12])("a clock that is %i steps off is not explained", (steps) => {
  expect(match(withPhone(), codeAt(noon, { steps }))).toEqual({ kind: "wrong", clock: undefined });
});

test("within a step the offset is told in whole steps", () => {
  const code = codeAt(noon, { steps: 5 });
  for (const moment of [0, 1, 29_999]) {
    expect(match(withPhone(), code, noon + moment)).toMatchObject({
      clock: { offsetSeconds: 150 },
    });
  }
});

test("a code that belongs to no time near now is wrong, and nothing is explained", () => {
  expect(match(withPhone(), wrongCodeAt(noon))).toEqual({ kind: "wrong", clock: undefined });
});

test("a code that was explained before its time is used up when its time comes", () => {
  const early = codeAt(noon, { steps: 5 });
  const found = match(withPhone(), early);
  if (found.kind !== "wrong" || !found.clock) throw new Error("It was not explained.");
  const account = spendExplainedStep(withPhone(), found.clock, context(noon));
  for (const later of [4, 5, 6]) {
    const now = noon + later * 30 * second;
    expect(match(account, early, now).kind).toBe("replayed");
    // The steps around it are as good as before.
    expect(match(account, codeAt(noon, { steps: 4 }), now).kind).toBe(
      later === 6 ? "wrong" : "right",
    );
    expect(match(account, codeAt(noon, { steps: 6 }), now).kind).toBe(
      later === 4 ? "wrong" : "right",
    );
  }
});

test("a clock that is ahead uses up two steps of the future at most, however often it is tried", () => {
  let account = withPhone();
  const explained: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const now = noon + n * 30 * second;
    const tried = match(account, codeAt(now, { steps: 4 }), now);
    if (tried.kind !== "wrong") throw new Error(`It is ${tried.kind}.`);
    if (tried.clock) {
      explained.push(n);
      account = spendExplainedStep(account, tried.clock, context(now));
    }
    const spent = account.authenticators[0]?.spentSteps ?? [];
    expect(spent.filter((one) => one > stepAt(now)).length).toBeLessThanOrEqual(2);
  }
  expect(explained.slice(0, 4)).toEqual([0, 1, 4, 5]);
});

test("explaining an old code uses up nothing, since its time has passed", () => {
  const found = match(withPhone(), codeAt(noon, { steps: -5 }));
  if (found.kind !== "wrong" || !found.clock) throw new Error("It was not explained.");
  const account = withPhone();
  expect(spendExplainedStep(account, found.clock, context(noon))).toBe(account);
});

test("steps that are used up are forgotten once they have passed", () => {
  const burn = (account: Account, timeStep: number, now: number) =>
    spendExplainedStep(
      account,
      { authenticatorId: phone, timeStep, offsetSeconds: 0 },
      context(now),
    );
  const spent = (account: Account) => account.authenticators[0]?.spentSteps;
  let account = burn(burn(withPhone(), step + 3, noon), step + 9, noon);
  expect(spent(account)).toEqual([step + 3, step + 9]);
  // As long as the coach could still take them for something, they are kept.
  account = burn(account, step + 14, noon + 13 * 30 * second);
  expect(spent(account)).toEqual([step + 3, step + 9, step + 14]);
  account = burn(account, step + 15, noon + 14 * 30 * second);
  expect(spent(account)).toEqual([step + 9, step + 14, step + 15]);
  const later = context(noon + 24 * 30 * second);
  account = useTimeStep(account, { authenticatorId: phone, timeStep: step + 25 }, later);
  expect(spent(account)).toEqual([step + 14, step + 15, step + 25]);
});

test.each([
  ["another account", sealed("phone", accountId("bob"))],
  ["another authenticator of the account", sealed("tablet")],
])("a secret that was moved here from %s is a fault, not a wrong code", (_, secret) => {
  expect(() => match(withPhone({ secret }), codeAt(noon))).toThrow();
});

test("a key that is not the one that sealed the secrets is a fault", () => {
  const other = keyRing("another secret text of more than forty-three characters", "totp");
  expect(() => matchTotp(withPhone(), codeAt(noon), other, context(noon))).toThrow();
});

test("over a run of codes, none is accepted twice and none goes backwards", () => {
  const tries = fc.array(
    fc.record({ steps: fc.integer({ min: -3, max: 3 }), wait: fc.integer({ min: 0, max: 45 }) }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(tries, (run) => {
      let [account, now] = [withPhone(), noon];
      const used: number[] = [];
      for (const { steps, wait } of run) {
        now += wait * second;
        const found = match(account, codeAt(now, { steps }), now);
        if (found.kind !== "right") continue;
        expect(Math.abs(found.timeStep - stepAt(now))).toBeLessThanOrEqual(1);
        used.push(found.timeStep);
        account = useTimeStep(account, found, context(now));
      }
      expect(used).toEqual([...new Set(used)].sort((a, b) => a - b));
    }),
  );
});
