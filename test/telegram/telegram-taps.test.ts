import { describe, expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import type { Account } from "../../lib/account/account.ts";
import { answerTelegram, type TelegramTap } from "../../lib/telegram/answer-telegram.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import type { Challenge } from "../../lib/account/challenge.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import { effectsOf } from "../../lib/runtime/effects.ts";
import type { PromptedChat, TelegramPrompt } from "../../lib/account/prompt.ts";
import { endOtherSessions } from "../../lib/account/epoch.ts";
import { aClient, anAccount } from "../support/account.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { challengeId } from "../support/ids.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, minute, noon } from "../support/time.ts";

const chat = (n: number, given: Partial<PromptedChat> = {}): PromptedChat => ({
  id: aTelegramAccount(n).id,
  userId: n,
  language: "en",
  state: "asked",
  claimedUntil: 0,
  messages: [100 + n],
  ...given,
});
const anAsk = (given: Partial<TelegramPrompt> = {}): TelegramPrompt => ({
  numbers: ["47", "12", "83"],
  round: 1,
  promptedAt: noon,
  chats: [chat(1), chat(2)],
  answeredBy: null,
  messagesClosedAt: null,
  ...given,
});
const anAsked = (ask: Partial<TelegramPrompt> = {}, given: Partial<Challenge> = {}): Account =>
  anAccount({
    telegram: telegramWith(2),
    challenges: [aChallenge({ telegram: anAsk(ask), ...given })],
  });
const aTap = (given: Partial<TelegramTap> = {}): TelegramTap => ({
  challengeId: challengeId("challenge"),
  userId: 1,
  messageId: 101,
  choice: "47",
  ...given,
});

/** The tap changes nothing at all, so nothing is even saved. */
const expectNothing = (account: Account, tap: TelegramTap, now = noon) => {
  const decided = answerTelegram(account, tap, context(now));
  expect(decided.account).toBe(account);
  return expect(decided.outcome);
};

describe("a tap is foreign and saves nothing", () => {
  test.each<[string, Partial<TelegramTap>]>([
    ["by a user who was not asked", { userId: 3 }],
    ["by another asked user, on a message that was forwarded to them", { userId: 2 }],
    ["on no message at all", { messageId: 0 }],
    ["with a number that is on no button", { choice: "48" }],
    ["with an empty choice", { choice: "" }],
    ["with a choice in other digits", { choice: "٤٧" }],
    ["for a challenge that is not there", { challengeId: challengeId("another") }],
  ])("%s", (_, given) => {
    expectNothing(anAsked(), aTap(given)).toEqual({ kind: "foreign" });
  });

  test("for a challenge that asked nobody yet, because asking was paused", () => {
    expectNothing(anAsked({ round: 0, chats: [] }), aTap()).toEqual({ kind: "foreign" });
    expectNothing(anAsked({}, { telegram: null }), aTap()).toEqual({ kind: "foreign" });
  });

  test("by somebody who was linked after the request, or by the user id of a chat but as nobody", () => {
    expectNothing(anAsked({ chats: [chat(1)] }), aTap({ userId: 2, messageId: 102 })).toEqual({
      kind: "foreign",
    });
    expectNothing(anAsked(), aTap({ userId: 0 })).toEqual({ kind: "foreign" });
  });
});

test("a message whose record is late or lost counts, and is kept to be edited like the others", () => {
  const unrecorded = aTap({ messageId: 999 });
  for (const state of ["asking", "asked", "unreachable"] as const) {
    const account = anAsked({ chats: [chat(1, { state }), chat(2)] });
    const decided = answerTelegram(account, unrecorded, context(noon));
    expect(decided.outcome).toEqual({ kind: "approved" });
    const [answered] = decided.account.challenges[0]?.telegram?.chats ?? [];
    expect(answered?.messages).toEqual([101, 999]);
  }
});

describe("a message that turns up after the end", () => {
  const over = anAsked({ messagesClosedAt: noon }, { status: "denied", endedAt: noon });
  const tapOn = (account: Account, messageId: number) =>
    answerTelegram(account, aTap({ messageId }), context(noon));

  test("changes nothing about the end, and is edited like the others", () => {
    const { account, outcome } = tapOn(over, 999);
    expect(outcome).toEqual({ kind: "closed", as: "denied" });
    expect(account.challenges[0]).toMatchObject({
      status: "denied",
      telegram: { chats: [{ messages: [101, 999] }, {}], messagesClosedAt: null },
    });
    expect(effectsOf(over, account)).toMatchObject([{ kind: "close", notBefore: null }]);
  });

  test("is one of five: whoever taps on and on saves the account no more", () => {
    let account = over;
    for (let messageId = 201; messageId <= 220; messageId += 1) {
      account = tapOn(account, messageId).account;
    }
    expect(account.challenges[0]?.telegram?.chats[0]?.messages).toEqual([101, 201, 202, 203, 204]);
    expect(tapOn(account, 999).account).toBe(account);
    expect(tapOn(account, 101).account).toBe(account);
  });
});

test("a message of an earlier round is as good as the last: it shows the same numbers", () => {
  const account = anAsked({ round: 3, chats: [chat(1, { messages: [101, 201, 301] })] });
  for (const messageId of [101, 201, 301]) {
    const { outcome } = answerTelegram(account, aTap({ messageId }), context(noon));
    expect(outcome).toEqual({ kind: "approved" });
  }
});

describe("the first tap is final:", () => {
  const first = (choice: string) =>
    answerTelegram(anAsked(), aTap({ choice }), context(noon)).account;

  test.each([
    ["47", "approved", "approved"],
    ["no", "denied", "denied"],
    ["12", "denied", "denied"],
    ["83", "denied", "denied"],
  ] as const)("after %j no other tap changes it, from no account", (choice, status, as) => {
    const account = first(choice);
    expect(account.challenges[0]).toMatchObject({ status, endedAt: noon });
    for (const userId of [1, 2]) {
      for (const later of ["47", "12", "83", "no"]) {
        const tap = aTap({ userId, messageId: 100 + userId, choice: later });
        expectNothing(account, tap, noon + minute).toEqual({ kind: "closed", as });
      }
    }
  });

  test("who answered is on record, and nobody else", () => {
    const by = answerTelegram(anAsked(), aTap({ userId: 2, messageId: 102 }), context(noon));
    const [challenge] = by.account.challenges;
    expect(challenge?.telegram?.answeredBy).toBe(aTelegramAccount(2).id);
  });
});

describe("a challenge that ended otherwise stays as it ended:", () => {
  const client = aClient();
  test("cancelled by its browser", () => {
    const cancelled = cancelChallenge(anAsked(), challengeId("challenge"), client, context(noon));
    expectNothing(cancelled.account, aTap()).toEqual({ kind: "closed", as: "cancelled" });
  });

  test("by a new epoch, also where the challenge itself was overlooked", () => {
    const ended = endOtherSessions(anAsked(), null, noon);
    expectNothing(ended, aTap()).toEqual({ kind: "closed", as: "cancelled" });
    expectNothing({ ...anAsked(), epoch: 2 }, aTap()).toEqual({ kind: "closed", as: "cancelled" });
  });

  test("expired, from the very millisecond of its end", () => {
    const account = anAsked();
    const end = noon + 10 * minute;
    expect(answerTelegram(account, aTap(), context(end - 1)).outcome.kind).toBe("approved");
    expectNothing(account, aTap(), end).toEqual({ kind: "closed", as: "expired" });
  });

  test("completed, and locked", () => {
    const approved = answerTelegram(anAsked(), aTap(), context(noon)).account;
    const completed = completeChallenge(approved, anAnswer(), context(noon)).account;
    expectNothing(completed, aTap({ choice: "no" })).toEqual({ kind: "closed", as: "completed" });
    const locked = anAsked({}, { status: "locked", endedAt: noon });
    expectNothing(locked, aTap()).toEqual({ kind: "closed", as: "locked" });
  });
});

test("one tap decides its own challenge and leaves others of the account alone", () => {
  const other = aChallenge({ id: challengeId("other"), telegram: anAsk() });
  const account = { ...anAsked(), challenges: [...anAsked().challenges, other] };
  const decided = answerTelegram(account, aTap(), context(noon)).account;
  expect(decided.challenges.map(({ status }) => status)).toEqual(["approved", "pending"]);
  expect(decided.challenges[1]).toBe(other);
});

test("an approval in Telegram signs nobody in: only the browser of the challenge completes it", () => {
  const { account } = answerTelegram(anAsked(), aTap(), context(noon));
  expect(account.challenges[0]?.completion).toBeNull();
  expect(recentActivity(account)).toEqual([]);
});
