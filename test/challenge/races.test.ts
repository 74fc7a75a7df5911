import { expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import { noGuesses } from "../../lib/account/guesses.ts";
import type { Account } from "../../lib/account/account.ts";
import { AccountBusy, decideAccount } from "../../lib/account/decide-account.ts";
import type { Decision } from "../../lib/account/decision.ts";
import { dynamoAccountStore } from "../../lib/runtime/dynamo-account-store.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import type { AnswerOutcome } from "../../lib/challenge/answer-challenge.ts";
import { answerRecoveryCode } from "../../lib/recovery-codes/answer-recovery-code.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { endSessions } from "../../lib/sessions/end-sessions.ts";
import { aClient, anAccount } from "../support/account.ts";
import {
  anAuthenticator,
  codeAt,
  sealed,
  totpKeys,
  wrongCodeAt,
} from "../support/authenticator.ts";
import { aChallenge, aNewChallenge, anAnswer } from "../support/challenge.ts";
import { startDynalite } from "../support/dynalite.ts";
import { useTable } from "../support/every-table.ts";
import { accountId, challengeId, sessionId } from "../support/ids.ts";
import { deciderOn } from "../support/memory-account-store.ts";
import { hashOf } from "../support/recovery-codes.ts";
import { context, noon } from "../support/time.ts";

const table = useTable(startDynalite);
const challenges = ["one", "two", "three"].map((name) => aChallenge({ id: challengeId(name) }));
const now = context(noon);

let accounts = 0;

/** Ann's account in a real table, decided on from many sides at once. */
const aContest = async (given: Partial<Account> = {}) => {
  const id = accountId(`account-${(accounts += 1)}`);
  const account = anAccount({
    id,
    authenticators: [anAuthenticator("phone", { secret: sealed("phone", id) })],
    recoveryCodes: { createdAt: noon, left: [hashOf("00000-00000", id)], used: [] },
    challenges,
    ...given,
  });
  const store = dynamoAccountStore(tableOf(table().client(), table().tableName));
  await store.save(account, undefined, "first");
  const decider = { ...deciderOn(store), backOff: () => new Promise<void>(setImmediate) };
  const decide = async <Outcome>(decision: (account: Account) => Decision<Outcome>) => {
    try {
      const decided = await decideAccount(decider, id, decision);
      if (!decided) throw new Error("The account is gone.");
      return decided.outcome;
    } catch (error) {
      if (error instanceof AccountBusy) return { kind: "busy" } as const;
      throw error;
    }
  };
  const saved = async () => (await store.load(id))?.value ?? account;
  const totp = (name: string, code: string, n = 0) =>
    decide<AnswerOutcome>((one) =>
      answerTotp(
        one,
        {
          ...anAnswer({ challengeId: challengeId(name), newSessionId: sessionId(`session-${n}`) }),
          code,
          totpKeys,
        },
        now,
      ),
    );
  const recoveryCode = (name: string, code: string) =>
    decide<AnswerOutcome>((one) =>
      answerRecoveryCode(
        one,
        { ...anAnswer({ challengeId: challengeId(name) }), codeHashes: [hashOf(code, id)] },
        now,
      ),
    );
  return { decide, saved, totp, recoveryCode };
};

const count = (outcomes: readonly { readonly kind: string }[], kind: string) =>
  outcomes.filter((outcome) => outcome.kind === kind).length;

test("of many right answers at once, one completes", async () => {
  const { totp, saved } = await aContest();
  const outcomes = await Promise.all(
    Array.from({ length: 16 }, (_, n) => totp("one", codeAt(noon), n)),
  );
  expect(count(outcomes, "completed")).toBe(1);
  const winner = outcomes.findIndex(({ kind }) => kind === "completed");
  const account = await saved();
  const { challenges: after } = account;
  expect(after[0]?.completion?.sessionId).toBe(`session-${winner}`);
  expect(recentActivity(account).map(({ event }) => event)).toEqual(["signed_in"]);
});

test("of one code in three sign-ins at once, one completes", async () => {
  const { totp } = await aContest();
  const outcomes = await Promise.all(
    ["one", "two", "three"].map((name) => totp(name, codeAt(noon))),
  );
  expect(count(outcomes, "completed")).toBe(1);
  expect(count(outcomes, "code_already_used")).toBe(2);
});

test("of one recovery code in three sign-ins at once, one completes", async () => {
  const { recoveryCode } = await aContest();
  const outcomes = await Promise.all(
    ["one", "two", "three"].map((name) => recoveryCode(name, "00000-00000")),
  );
  expect(count(outcomes, "completed")).toBe(1);
});

test("a burst of wrong guesses over three sign-ins cannot outrun the limit, and each answer is paid for", async () => {
  const { totp, recoveryCode, saved } = await aContest();
  const outcomes = await Promise.all(
    Array.from({ length: 45 }, (_, n) => {
      const name = ["one", "two", "three"][n % 3] ?? "one";
      return n % 5 ? totp(name, wrongCodeAt(noon)) : recoveryCode(name, "zzzzz-zzzzz");
    }),
  );
  const charged = count(outcomes, "wrong_code");
  const { guesses } = await saved();
  expect(charged).toBeGreaterThan(0);
  expect(guesses.consecutiveWrong).toBe(charged);
  // Recovery codes have five of their own, which no pause of other codes stops.
  expect(charged - guesses.recoveryWrongAt.length).toBeLessThanOrEqual(5);
  expect(guesses.recoveryWrongAt.length).toBeLessThanOrEqual(5);
});

test("a right code in the middle of a burst completes or is refused, and never outlives the pause", async () => {
  const { totp, saved } = await aContest({
    guesses: { ...noGuesses, consecutiveWrong: 4 },
  });
  const [right, wrong] = await Promise.all([
    totp("one", codeAt(noon)),
    totp("two", wrongCodeAt(noon)),
  ]);
  const { guesses } = await saved();
  if (right.kind === "completed") expect(guesses.consecutiveWrong).toBe(1);
  else expect([right.kind, guesses.consecutiveWrong]).toEqual(["paused", 5]);
  expect(wrong.kind).toBe("wrong_code");
});

test("of a right answer and a cancellation at once, one stands", async () => {
  for (let n = 0; n < 5; n += 1) {
    const { totp, decide, saved } = await aContest();
    const [outcome] = await Promise.all([
      totp("one", codeAt(noon)),
      decide((one) => cancelChallenge(one, challengeId("one"), aClient(), now)),
    ]);
    const status = (await saved()).challenges[0]?.status;
    expect(status).toBe(outcome.kind === "completed" ? "approved" : "cancelled");
  }
});

test("of a right answer and the end of all sessions at once, no session of the old epoch is made after it", async () => {
  for (let n = 0; n < 5; n += 1) {
    const { totp, decide, saved } = await aContest();
    const [outcome] = await Promise.all([
      totp("one", codeAt(noon)),
      decide((one) => endSessions(one, { sessionId: sessionId("mine"), client: aClient() }, now)),
    ]);
    const account = await saved();
    expect(account.epoch).toBe(2);
    // Whether it came before or was refused: what it made carries the epoch that has ended.
    if (outcome.kind === "completed") expect(outcome.completion.epoch).toBe(1);
    else expect(outcome).toEqual({ kind: "closed", as: "cancelled" });
  }
});

test("of many that open challenges at once, three stay open and no more than fifteen are opened", async () => {
  const { decide, saved } = await aContest({ challenges: [] });
  const open = (n: number) =>
    decide((one) => openWithPrompt(one, aNewChallenge({ id: challengeId(`new-${n}`) }), now));
  const outcomes = [];
  for (let round = 0; round < 6; round += 1) {
    outcomes.push(...(await Promise.all(Array.from({ length: 5 }, (_, n) => open(round * 5 + n)))));
  }
  const account = await saved();
  expect(count(outcomes, "second_step")).toBe(15);
  expect(account.challengesOpenedAt.sign_in).toHaveLength(15);
  expect(account.challenges.filter(({ status }) => status === "pending")).toHaveLength(3);
});
