import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import type { AccountStore } from "../../lib/account/account-store.ts";
import { AccountBusy, decideAccount } from "../../lib/account/decide-account.ts";
import type { Decision } from "../../lib/account/decision.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import { answerTelegram, type TelegramTap } from "../../lib/telegram/answer-telegram.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import { effectsOf } from "../../lib/runtime/effects.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { claimSending, recordSent } from "../../lib/telegram/send-prompt.ts";
import { aClient, anAccount } from "../support/account.ts";
import { aNewChallenge, anAnswer } from "../support/challenge.ts";
import { sessionId } from "../support/ids.ts";
import { deciderOn, memoryAccountStore } from "../support/memory-account-store.ts";
import { telegramWith } from "../support/telegram.ts";
import { context, noon } from "../support/time.ts";

const challengeId = aNewChallenge().id;
const now = context(noon);
const opened = openWithPrompt(
  anAccount({ telegram: telegramWith(5) }),
  aNewChallenge(),
  now,
).account;

/** The first choice is a yes; chats of users 1 to 5 were asked, user 6 was not. Message n is in chat n. */
const aTap = fc.record({
  userId: fc.integer({ min: 1, max: 6 }),
  choice: fc.constantFrom("47", "47", "47", "12", "no", "99"),
  forwarded: fc.boolean(),
});

/** A run: taps (each perhaps twice), the browser's polling, perhaps a cancel, and two deliveries of the ask job. */
const aRun = fc.record({
  taps: fc.array(fc.tuple(aTap, fc.boolean()), { minLength: 2, maxLength: 5 }),
  cancels: fc.boolean(),
  order: fc.scheduler(),
});

type Saved = { readonly before: Account; readonly after: Account };

/** A store that keeps every save, whose loads and saves take their turns as the scheduler says. */
const watched = (s: fc.Scheduler) => {
  const store = memoryAccountStore(opened);
  const saves: Saved[] = [];
  let last = opened;
  const scheduled: AccountStore = {
    load: s.scheduleFunction((id: AccountId) => store.load(id)),
    save: s.scheduleFunction(async (...given: Parameters<AccountStore["save"]>) => {
      const saved = await store.save(...given);
      if (saved === "saved") {
        saves.push({ before: last, after: given[0] });
        last = given[0];
      }
      return saved;
    }),
  };
  const decider = deciderOn(scheduled);
  const decide = async <Outcome extends { readonly kind: string }>(
    decision: (account: Account) => Decision<Outcome>,
  ) => {
    try {
      return (await decideAccount(decider, opened.id, decision))?.outcome.kind;
    } catch (error) {
      if (error instanceof AccountBusy) return "busy";
      throw error;
    }
  };
  return { decide, saves, last: () => last };
};

test("1,000 random races of taps, sender, polling and cancel: one end, one completion, no message twice", async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(aRun, async ({ taps, cancels, order }) => {
      const { decide, saves, last } = watched(order);
      const outcomes: (string | undefined)[] = [];
      const tapped = taps
        .flatMap(([one, twice]) => (twice ? [one, one] : [one]))
        .map(async ({ userId, choice, forwarded }) => {
          const messageId = forwarded ? (userId % 5) + 1 : userId;
          const tap: TelegramTap = { challengeId, userId, messageId, choice };
          outcomes.push(await decide((account) => answerTelegram(account, tap, now)));
        });
      const messages: number[] = [];
      const sending = async () => {
        let claimed: readonly { readonly userId: number }[] = [];
        await decide((account) => {
          const decided = claimSending(account, { challengeId, round: 1 }, now);
          claimed = decided.outcome.kind === "send" ? decided.outcome.chats : [];
          return decided;
        });
        messages.push(...claimed.map(({ userId }) => userId));
        if (claimed.length === 0) return;
        const results = new Map(
          opened.telegram.accounts.map(({ id, userId }) => [
            id,
            { kind: "sent" as const, messageId: userId },
          ]),
        );
        await decide((account) => recordSent(account, { challengeId, round: 1, results }, now));
      };
      const completions: (string | undefined)[] = [];
      const polling = async (browser: string) => {
        for (let n = 0; n < 4; n += 1) {
          const answer = anAnswer({ newSessionId: sessionId(`${browser}-${n}`) });
          completions.push(await decide((account) => completeChallenge(account, answer, now)));
        }
      };
      const cancelling = () =>
        decide((account) => ({
          ...cancelChallenge(account, challengeId, aClient(), now),
          outcome: { kind: "asked" },
        }));
      await order.waitFor(
        Promise.all([
          ...tapped,
          sending(),
          sending(),
          polling("first"),
          polling("second"),
          ...(cancels ? [cancelling()] : []),
        ]),
      );

      const statuses = saves.map(({ after }) => after.challenges[0]?.status);
      const changes = statuses.filter((status, n) => status !== (statuses[n - 1] ?? "pending"));
      const [challenge] = last().challenges;
      expect(changes.length, "the state changes at most once").toBeLessThanOrEqual(1);
      const decided = outcomes.filter((kind) => kind === "approved" || kind === "denied");
      expect(decided.length, "one tap decides at most").toBeLessThanOrEqual(1);
      if (decided.length === 1) expect(challenge?.status).toBe(decided[0]);
      else expect(["pending", "cancelled"]).toContain(challenge?.status);

      const completed = completions.filter((kind) => kind === "completed").length;
      expect(completed, "one session at most, and none without an approval").toBe(
        challenge?.completion ? 1 : 0,
      );
      if (challenge?.status !== "approved") expect(completed).toBe(0);
      expect(new Set(messages).size, "no chat is asked twice").toBe(messages.length);

      const settles = saves
        .flatMap(({ before, after }) => effectsOf(before, after))
        .filter(({ kind }) => kind === "close");
      expect(settles, "the end is told once").toHaveLength(challenge?.status === "pending" ? 0 : 1);
      ends.set(`${challenge?.status ?? ""} ${completed}`, 1);
    }),
    { numRuns: 1000, seed: 20261124 },
  );
  expect([...ends.keys()].sort()).toEqual([
    "approved 0",
    "approved 1",
    "cancelled 0",
    "denied 0",
    "pending 0",
  ]);
});
