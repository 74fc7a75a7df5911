import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountStore } from "../../lib/account/account-store.ts";
import { decideAccount } from "../../lib/account/decide-account.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import { answerTelegram } from "../../lib/telegram/answer-telegram.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { claimSending, recordSent } from "../../lib/telegram/send-prompt.ts";
import { anAccount } from "../support/account.ts";
import { aNewChallenge, anAnswer } from "../support/challenge.ts";
import { deciderOn, memoryAccountStore } from "../support/memory-account-store.ts";
import { telegramWith } from "../support/telegram.ts";
import { context, noon, second } from "../support/time.ts";

const challengeId = aNewChallenge().id;
const [right, wrong] = aNewChallenge().numbers;

/** Five chats that were asked, message n in chat n. */
const asked = () => {
  let { account } = openWithPrompt(
    anAccount({ telegram: telegramWith(5) }),
    aNewChallenge(),
    context(noon),
  );
  account = claimSending(account, { challengeId, round: 1 }, context(noon)).account;
  const results = new Map(
    account.telegram.accounts.map(({ id, userId }) => [
      id,
      { kind: "sent" as const, messageId: userId },
    ]),
  );
  return recordSent(account, { challengeId, round: 1, results }, context(noon)).account;
};

test("five accounts answer at once and one denies: one terminal state, and a session only if it is approved", async () => {
  const order = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      order,
      fc.integer({ min: 1, max: 5 }),
      fc.scheduler(),
      async (users, no, s) => {
        const store = memoryAccountStore(asked());
        // Every load and save is a step that the scheduler orders.
        const scheduled = {
          load: s.scheduleFunction((id: AccountId) => store.load(id)),
          save: s.scheduleFunction((...given: Parameters<AccountStore["save"]>) =>
            store.save(...given),
          ),
        };
        const decider = deciderOn(scheduled);
        const id = asked().id;
        const taps = users.map((userId) =>
          decideAccount(decider, id, (account) =>
            answerTelegram(
              account,
              { challengeId, userId, messageId: userId, choice: userId === no ? "no" : right },
              context(noon + second),
            ),
          ),
        );
        const polling = async () => {
          const answers: (string | undefined)[] = [];
          for (let n = 0; n < 8; n += 1) {
            const completing = await decideAccount(decider, id, (account) =>
              completeChallenge(account, anAnswer(), context(noon + second)),
            );
            answers.push(completing?.outcome.kind);
          }
          return answers;
        };
        const [answers] = await s.waitFor(Promise.all([polling(), ...taps]));
        const outcomes = (await Promise.all(taps)).map((decided) => decided?.outcome.kind);
        const sessions = answers.filter((kind) => kind === "completed").length;
        const challenge = (await store.load(id))?.value.challenges[0];

        expect(outcomes.filter((kind) => kind === "approved" || kind === "denied")).toHaveLength(1);
        expect(["approved", "denied"]).toContain(challenge?.status);
        expect(outcomes).toContain(challenge?.status);
        if (challenge?.status === "denied") expect(sessions).toBe(0);
        expect(sessions).toBe(challenge?.completion ? 1 : 0);
        seen.add(`${challenge?.status ?? ""} ${sessions}`);
      },
    ),
    { numRuns: 1000 },
  );
  expect(seen).toContain("denied 0");
  expect(seen).toContain("approved 1");
});

test("of a tap, only one from the chat that was asked, on a message of its own, with one of its buttons counts", () => {
  const account = asked();
  const tap = { challengeId, userId: 1, messageId: 1, choice: right };
  const decide = (changes: Partial<typeof tap>, now = noon) =>
    answerTelegram(account, { ...tap, ...changes }, context(now));
  for (const foreign of [
    { userId: 6 },
    { userId: 2 },
    { messageId: 0 },
    { choice: "99" },
    { choice: "" },
    { challengeId: aNewChallenge().id.replace("challenge", "other") as typeof challengeId },
  ]) {
    expect(decide(foreign)).toEqual({ account, outcome: { kind: "foreign" } });
  }
  expect(decide({}).outcome.kind).toBe("approved");
  expect(decide({ choice: wrong }).outcome.kind).toBe("denied");
  expect(decide({}, noon + 600 * second)).toEqual({
    account,
    outcome: { kind: "closed", as: "expired" },
  });
});

test("a tap that is faster than the record of its message counts, and so does one on a message whose send seemed to fail", () => {
  const opened = openWithPrompt(
    anAccount({ telegram: telegramWith(1) }),
    aNewChallenge(),
    context(noon),
  ).account;
  const claimed = claimSending(opened, { challengeId, round: 1 }, context(noon)).account;
  const [one] = claimed.telegram.accounts;
  const failed = recordSent(
    claimed,
    { challengeId, round: 1, results: new Map(one ? [[one.id, { kind: "failed" }]] : []) },
    context(noon),
  ).account;
  for (const account of [claimed, failed]) {
    const tap = { challengeId, userId: 1, messageId: 321, choice: right };
    const decided = answerTelegram(account, tap, context(noon));
    expect(decided.outcome.kind).toBe("approved");
    // The message is kept, so that it is edited like the others.
    expect(decided.account.challenges[0]?.telegram?.chats[0]?.messages).toEqual([321]);
  }
});

test("a job that is delivered twice sends once, and one that broke off is taken up after a while", () => {
  const opened = openWithPrompt(
    anAccount({ telegram: telegramWith(2) }),
    aNewChallenge(),
    context(noon),
  ).account;
  const claim = (account: typeof opened, seconds: number) =>
    claimSending(account, { challengeId, round: 1 }, context(noon + seconds * second));
  const first = claim(opened, 0);
  expect(first.outcome).toMatchObject({ kind: "send", chats: [{ userId: 1 }, { userId: 2 }] });
  expect(claim(first.account, 19).outcome.kind).toBe("claimed");
  expect(claim(first.account, 20).outcome.kind).toBe("send");
  const other = claimSending(opened, { challengeId, round: 2 }, context(noon));
  expect(other.outcome).toEqual({ kind: "nothing_to_send" });
});
