import { expect, test } from "vitest";
import { newAccount } from "../../lib/account/account.ts";
import type { AccountStore } from "../../lib/account/account-store.ts";
import { decideAccount } from "../../lib/account/decide-account.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { noteActivity } from "../../lib/account/note-activity.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt, sealed, totpKeys } from "../support/authenticator.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { accountId, authenticatorId, challengeId, sessionId } from "../support/ids.ts";
import { deciderOn } from "../support/memory-account-store.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";
import { context, minute, noon } from "../support/time.ts";

/** A store under test, and what makes it lose the answer of its next save: done, but nobody is told. */
export type AccountStoreUnderTest = {
  readonly store: AccountStore;
  readonly loseNextAnswer: () => void;
};

/** What every account store guarantees. `storeUnderTest` is asked within each test. */
export const accountStoreContract = (storeUnderTest: () => AccountStoreUnderTest): void => {
  let accounts = 0;
  const someAccount = (given: Parameters<typeof anAccount>[0] = {}) =>
    anAccount({ id: accountId(`account-${(accounts += 1)}`), ...given });

  test("an account that nobody saved is not there", async () => {
    const { store } = storeUnderTest();
    await expect(store.load(accountId("nobody"))).resolves.toBeUndefined();
  });

  test("an account comes back to its last field, whatever script it is written in", async () => {
    const { store } = storeUnderTest();
    const account = { ...everyField(), id: someAccount().id };
    await store.save(account, undefined, "v1");
    await expect(store.load(account.id)).resolves.toEqual({ value: account, version: "v1" });
  });

  test("an account of the largest size that limits allow is kept", async () => {
    const { store } = storeUnderTest();
    const device = "Ж".repeat(200);
    const account = Array.from({ length: 25 }, (_, n) => n).reduce<ReturnType<typeof someAccount>>(
      (one, n) =>
        noteActivity(one, "signed_in", aClient({ device, ip: `192.0.2.${n}` }), context(noon)),
      someAccount({
        authenticators: Array.from({ length: 5 }, (_, n) =>
          anAuthenticator(`phone-${n}`, { name: "Ж".repeat(40) }),
        ),
        challenges: Array.from({ length: 6 }, (_, n) =>
          aChallenge({ id: challengeId(`challenge-${n}`), client: aClient({ device }) }),
        ),
      }),
    );
    expect(account.activity.signIns).toHaveLength(20);
    await store.save(account, undefined, "v1");
    await expect(store.load(account.id)).resolves.toEqual({ value: account, version: "v1" });
  });

  test("an account is created once", async () => {
    const { store } = storeUnderTest();
    const account = someAccount();
    await expect(store.save(account, undefined, "v1")).resolves.toBe("saved");
    await expect(store.save({ ...account, epoch: 7 }, undefined, "v2")).resolves.toBe("conflict");
    await expect(store.load(account.id)).resolves.toEqual({ value: account, version: "v1" });
  });

  test("whoever saves what somebody else has changed is refused, and changes nothing", async () => {
    const { store } = storeUnderTest();
    const account = someAccount();
    await store.save(account, undefined, "v1");
    await store.save({ ...account, epoch: 2 }, "v1", "v2");
    await expect(store.save({ ...account, epoch: 3 }, "v1", "v3")).resolves.toBe("conflict");
    expect((await store.load(account.id))?.value.epoch).toBe(2);
  });

  test("an account that is not there cannot be changed into being", async () => {
    const { store } = storeUnderTest();
    const account = someAccount();
    await expect(store.save(account, "v1", "v2")).resolves.toBe("conflict");
    await expect(store.load(account.id)).resolves.toBeUndefined();
  });

  test("of many that save the same state at once, one does", async () => {
    const { store } = storeUnderTest();
    const account = someAccount();
    await store.save(account, undefined, "v1");
    const results = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        store.save({ ...account, epoch: 100 + n }, "v1", `next-${n}`),
      ),
    );
    expect(results.filter((result) => result === "saved")).toHaveLength(1);
    const winner = results.indexOf("saved");
    expect(await store.load(account.id)).toMatchObject({
      value: { epoch: 100 + winner },
      version: `next-${winner}`,
    });
  });

  test("of many that create one account at once, one does", async () => {
    const { store } = storeUnderTest();
    const account = someAccount();
    const results = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        store.save({ ...account, epoch: n }, undefined, `v${n}`),
      ),
    );
    expect(results.filter((result) => result === "saved")).toHaveLength(1);
    expect((await store.load(account.id))?.value.epoch).toBe(results.indexOf("saved"));
  });

  test("a right code whose save was not answered is right, not used already by itself", async () => {
    const { store, loseNextAnswer } = storeUnderTest();
    const { id } = someAccount();
    const account = anAccount({
      id,
      authenticators: [anAuthenticator("phone", { secret: sealed("phone", id) })],
      challenges: [aChallenge()],
    });
    await store.save(account, undefined, "v1");
    loseNextAnswer();
    const decided = await decideAccount(deciderOn(store), id, (one) =>
      answerTotp(one, { ...anAnswer(), code: codeAt(noon), totpKeys }, context(noon)),
    );
    expect(decided?.outcome.kind).toBe("completed");
    expect((await store.load(id))?.value).toEqual(decided?.account);
  });

  test("a wrong code whose save was not answered is charged once", async () => {
    const { store, loseNextAnswer } = storeUnderTest();
    const { id } = someAccount();
    const account = anAccount({
      id,
      authenticators: [anAuthenticator("phone", { secret: sealed("phone", id) })],
      challenges: [aChallenge()],
    });
    await store.save(account, undefined, "v1");
    loseNextAnswer();
    const code = codeAt(noon, { steps: -40 });
    const decided = await decideAccount(deciderOn(store), id, (one) =>
      answerTotp(one, { ...anAnswer(), code, totpKeys }, context(noon)),
    );
    expect(decided?.outcome).toMatchObject({ kind: "wrong_code", attemptsLeft: 4 });
    expect((await store.load(id))?.value.guesses.consecutiveWrong).toBe(1);
  });
};

/** An account with something in every field that it can have. */
const everyField = () => {
  const account = anAccount({
    createdAt: noon,
    email: "zoë+二步@пример.example",
    locale: "uk",
    password: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$dGFn",
    epoch: 4,
    keptSessionId: sessionId("keptSessionId"),
    authenticators: [
      anAuthenticator("phone", { name: "Телефон 📱", lastUsedAt: noon, spentSteps: [1, 2] }),
      anAuthenticator("tablet"),
    ],
    totpEnrolment: {
      id: authenticatorId("begun"),
      name: 'a "name" \\ with \u2028 and é',
      secret: sealed("begun"),
      expiresAt: noon + 10 * minute,
    },
    recoveryCodes: { ...recoveryCodesOf("00000-00000"), used: ["used"] },
    challenges: [
      aChallenge({
        status: "approved",
        wrongGuesses: 3,
        sessionId: sessionId("keptSessionId"),
        client: aClient({ ip: "2001:db8::1", device: "Safari на iPhone" }),
        completion: {
          sessionId: sessionId("keptSessionId"),
          method: "totp",
          at: noon,
          epoch: 4,
          proof: 7,
          repeatKeyHash: "repeat",
          grantHash: "grant",
          redeemedBy: "host",
        },
        handoff: {
          tokenHash: "token",
          taken: { at: noon, repeatKeyHash: "key" },
          returnTo: "https://panel.example/?a=б",
        },
      }),
    ],
    challengesOpenedAt: { sign_in: [noon - 1, noon], reauthentication: [noon], host: [] },
    done: [{ by: "somebody", at: noon, kind: "confirmed" }],
    guesses: {
      consecutiveWrong: 3,
      pausedUntil: noon + 1,
      recoveryWrongAt: [noon],
      callWrongAt: [],
      wrongAt: [noon],
    },
    activity: {
      noted: 3,
      signIns: [
        {
          ...aClient(),
          at: noon,
          event: "challenge_opened",
          n: 3,
          challengeId: challengeId("challenge"),
        },
        { ...aClient(), at: noon, event: "signed_in", n: 2, times: 2, method: "totp" },
      ],
      changes: [{ ...aClient(), at: noon, event: "codes_off", n: 1 }],
    },
  });
  // A field that is new and missing above would come back as its default, unnoticed.
  const plain = newAccount(account);
  expect(Object.keys(account).sort()).toEqual(Object.keys(plain).sort());
  return account;
};
