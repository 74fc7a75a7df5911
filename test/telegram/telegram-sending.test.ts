import { describe, expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import { endOtherSessions } from "../../lib/account/epoch.ts";
import { answerTelegram } from "../../lib/telegram/answer-telegram.ts";
import { promptAgain } from "../../lib/telegram/prompt-again.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import {
  claimSending,
  markClosed,
  markUnsent,
  recordSent,
  type SendResult,
} from "../../lib/telegram/send-prompt.ts";
import { aClient, anAccount } from "../support/account.ts";
import { aNewChallenge } from "../support/challenge.ts";
import { challengeId as idOf } from "../support/ids.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, minute, noon, second } from "../support/time.ts";

const challengeId = aNewChallenge().id;
const opened = (accounts = 2): Account =>
  openWithPrompt(anAccount({ telegram: telegramWith(accounts) }), aNewChallenge(), context(noon))
    .account;
const claim = (account: Account, now = noon, round = 1) =>
  claimSending(account, { challengeId, round }, context(now));
const record = (account: Account, results: Readonly<Record<number, SendResult>>, now = noon) =>
  recordSent(
    account,
    {
      challengeId,
      round: 1,
      results: new Map(
        Object.entries(results).map(([n, result]) => [aTelegramAccount(Number(n)).id, result]),
      ),
    },
    context(now),
  );
const chatsOf = (account: Account) => account.challenges[0]?.telegram?.chats ?? [];
const sent = (messageId: number): SendResult => ({ kind: "sent", messageId });

describe("a claim", () => {
  test("takes all chats that wait, once; the same job again learns until when, and saves nothing", () => {
    const first = claim(opened(3));
    expect(first.outcome).toMatchObject({ chats: [{ userId: 1 }, { userId: 2 }, { userId: 3 }] });
    const until = noon + 20 * second;
    const again = claim(first.account);
    expect(again).toEqual({ account: first.account, outcome: { kind: "claimed", until } });
    expect(again.account).toBe(first.account);
  });

  test("lapses after twenty seconds to the millisecond, should its sender have died", () => {
    const { account } = claim(opened());
    expect(claim(account, noon + 20 * second - 1).outcome.kind).toBe("claimed");
    expect(claim(account, noon + 20 * second).outcome.kind).toBe("send");
  });

  test("leaves out those that were asked or cannot be, also after it has lapsed", () => {
    const recorded = record(claim(opened(4)).account, {
      1: sent(101),
      2: { kind: "blocked" },
      3: { kind: "failed" },
    }).account;
    const again = claim(recorded, noon + minute);
    expect(again.outcome).toMatchObject({ kind: "send", chats: [{ userId: 4 }] });
  });

  test.each([
    ["an older round", 1],
    ["a round to come", 3],
    ["no round", 0],
  ])("finds nothing for %s", (_, round) => {
    const asked = promptAgain(
      opened(),
      { challengeId, numbers: ["21", "22", "23"] },
      context(noon + 30 * second),
    ).account;
    expect(claim(asked, noon + 30 * second, round).outcome.kind).toBe("nothing_to_send");
    expect(claim(asked, noon + 30 * second, 2).outcome.kind).toBe("send");
  });

  test("finds nothing once the challenge is over, however it ended", () => {
    const tapped = (choice: string) =>
      answerTelegram(opened(), { challengeId, userId: 1, messageId: 9, choice }, context(noon))
        .account;
    const endings: Account[] = [
      tapped("47"),
      tapped("no"),
      cancelChallenge(opened(), challengeId, aClient(), context(noon)).account,
      endOtherSessions(opened(), null, noon),
      { ...opened(), epoch: 2 },
      { ...opened(), challenges: [] },
    ];
    for (const account of endings) expect(claim(account).outcome.kind).toBe("nothing_to_send");
    expect(claim(opened(), noon + 10 * minute - 1).outcome.kind).toBe("send");
    expect(claim(opened(), noon + 10 * minute).outcome.kind).toBe("nothing_to_send");
  });
});

describe("a record", () => {
  test.each<[SendResult, object, boolean]>([
    [sent(101), { state: "asked", messages: [101] }, true],
    [{ kind: "blocked" }, { state: "unreachable", messages: [] }, false],
    [{ kind: "failed" }, { state: "unreachable", messages: [] }, true],
    [{ kind: "unavailable" }, { state: "asking", claimedUntil: 0, messages: [] }, true],
    [
      { kind: "later", seconds: 7 },
      { state: "asking", claimedUntil: noon + 7 * second, messages: [] },
      true,
    ],
  ])("of %j", (result, chat, reachable) => {
    const { account, outcome } = record(claim(opened()).account, { 1: result });
    expect(outcome).toEqual({ kind: "recorded", over: false });
    expect(chatsOf(account)[0]).toMatchObject(chat);
    expect(account.telegram.accounts[0]).toMatchObject({ reachable });
    // Who has no result in it is left as they were.
    expect(chatsOf(account)[1]).toMatchObject({ state: "asking", messages: [] });
  });

  test("of a message that arrived makes an account reachable again that had blocked the bot", () => {
    const blocked = record(claim(opened()).account, { 1: { kind: "blocked" } }).account;
    expect(record(blocked, { 1: sent(5) }).account.telegram.accounts[0]?.reachable).toBe(true);
  });

  test("that comes after the end keeps the message and says that it must be edited", () => {
    const claimed = claim(opened()).account;
    const tap = { challengeId, userId: 2, messageId: 9, choice: "no" };
    const denied = answerTelegram(claimed, tap, context(noon)).account;
    const settled = markClosed(denied, challengeId, noon).account;
    const { account, outcome } = record(settled, { 1: sent(101) }, noon + second);
    expect(outcome).toEqual({ kind: "recorded", over: true });
    expect(account.challenges[0]).toMatchObject({
      status: "denied",
      endedAt: noon,
      telegram: { messagesClosedAt: null, chats: [{ messages: [101] }, { messages: [9] }] },
    });
  });

  test("that comes after the end of its life opens nothing again", () => {
    const late = record(claim(opened()).account, { 1: sent(101) }, noon + 10 * minute);
    expect(late.outcome).toEqual({ kind: "recorded", over: true });
    const tap = { challengeId, userId: 1, messageId: 101, choice: "47" };
    expect(answerTelegram(late.account, tap, context(noon + 10 * minute)).outcome).toEqual({
      kind: "closed",
      as: "expired",
    });
  });

  test("of a challenge that is forgotten saves nothing", () => {
    const account = { ...opened(), challenges: [] };
    const decided = record(account, { 1: sent(101) });
    expect(decided).toEqual({ account, outcome: { kind: "forgotten" } });
    expect(decided.account).toBe(account);
  });

  test("keeps the messages of all rounds, the newest five", () => {
    let account = opened(1);
    for (let message = 1; message <= 7; message += 1) {
      account = record(account, { 1: sent(message) }).account;
    }
    expect(chatsOf(account)[0]?.messages).toEqual([3, 4, 5, 6, 7]);
  });
});

describe("what the queue did not take", () => {
  test("makes the chats of that round unreachable, and no others", () => {
    const partly = record(claim(opened(3)).account, { 1: sent(101) }).account;
    const { account } = markUnsent(partly, { challengeId, round: 1 });
    expect(chatsOf(account).map(({ state }) => state)).toEqual([
      "asked",
      "unreachable",
      "unreachable",
    ]);
    expect(markUnsent(partly, { challengeId, round: 2 }).account).toBe(partly);
    expect(markUnsent(partly, { challengeId: idOf("other"), round: 1 }).account).toBe(partly);
  });
});

test("settling what is not there, or never asked, saves nothing", () => {
  const account = opened();
  expect(markClosed(account, idOf("other"), noon).account).toBe(account);
  const never = openWithPrompt(anAccount(), aNewChallenge(), context(noon)).account;
  expect(markClosed(never, challengeId, noon).account).toBe(never);
});
