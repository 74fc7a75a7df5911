import { describe, expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import type { Account } from "../../lib/account/account.ts";
import {
  parseTelegramAccountId,
  parseTelegramLinkId,
  type TelegramLinkId,
} from "../../lib/account/ids.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answerTelegramLink } from "../../lib/telegram/answer-telegram-link.ts";
import { beginTelegramLink } from "../../lib/telegram/begin-telegram-link.ts";
import { confirmTelegramLink } from "../../lib/telegram/confirm-telegram-link.ts";
import type { LinkAnswer } from "../../lib/account/telegram.ts";
import { aClient, anAccount } from "../support/account.ts";
import { aChallenge } from "../support/challenge.ts";
import { sessionId } from "../support/ids.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, minute, noon } from "../support/time.ts";

const linkId = (name: string): TelegramLinkId => {
  const id = parseTelegramLinkId(name);
  if (!id) throw new Error("Not an id.");
  return id;
};
const newId = parseTelegramAccountId("tg_new") ?? aTelegramAccount(0).id;
const life = 10 * minute;

const begin = (account: Account, name = "link", now = noon) =>
  beginTelegramLink(account, { id: linkId(name), tokenHash: hashToken(name) }, context(now));
const ann: LinkAnswer = { userId: 70, name: "Ann (@ann)", language: "uk", messageId: 1 };
const bob: LinkAnswer = { userId: 80, name: "Bob", language: "en", messageId: 1 };
const answer = (account: Account, from: LinkAnswer, now = noon, token = "link") =>
  answerTelegramLink(account, { tokenHash: hashToken(token), answer: from }, context(now));
const confirm = (account: Account, now = noon, name = "link") =>
  confirmTelegramLink(
    account,
    { linkId: linkId(name), newId, sessionId: sessionId("session"), client: aClient() },
    context(now),
  );

const begun = begin(anAccount()).account;
const answered = answer(begun, ann).account;

describe("a link", () => {
  test("is kept as a hash, lives ten minutes, and takes the place of the one before", () => {
    expect(begin(anAccount()).outcome).toEqual({ kind: "begun", expiresAt: noon + life });
    expect(JSON.stringify(begun)).not.toContain('"tokenHash":"link"');
    const again = begin(answered, "next").account;
    expect(again.telegram.link).toMatchObject({ id: "next", answer: null, linkedAt: null });
    expect(answer(again, ann).outcome).toEqual({ kind: "invalid" });
    expect(confirm(again).outcome).toEqual({ kind: "not_found" });
  });

  test("is not begun beside five accounts", () => {
    const full = anAccount({ telegram: telegramWith(5) });
    expect(begin(full)).toEqual({ account: full, outcome: { kind: "limit_reached" } });
    expect(begin(anAccount({ telegram: telegramWith(4) })).outcome.kind).toBe("begun");
  });
});

describe("in the bot", () => {
  test("the first who comes is kept; everybody after gets nothing and changes nothing", () => {
    expect(answered.telegram.link?.answer).toEqual(ann);
    const second = answer(answered, bob);
    expect(second).toEqual({ account: answered, outcome: { kind: "invalid" } });
    expect(second.account).toBe(answered);
  });

  test("the same message again says nothing, a newer one of the same user is told again, once, under the name that was shown", () => {
    const repeated = answer(answered, ann);
    expect(repeated.outcome).toEqual({ kind: "repeated" });
    const second = answer(answered, { ...ann, name: "Other", messageId: 2 });
    expect(second.outcome).toEqual({ kind: "answered" });
    expect(repeated.account).toBe(answered);
    expect(second.account.telegram.link?.answer).toEqual({ ...ann, messageId: 2 });
    for (const messageId of [1, 2]) {
      const { account, outcome } = answer(second.account, { ...ann, messageId });
      expect(outcome).toEqual({ kind: "repeated" });
      expect(account).toBe(second.account);
    }
  });

  test("a message of the same number in another chat is no repetition", () => {
    expect(answer(answered, { ...bob, messageId: ann.messageId }).outcome.kind).toBe("invalid");
  });

  test.each([
    ["of another link", begun, "other", noon],
    ["where no link was begun", anAccount(), "link", noon],
    ["from the millisecond of its end", begun, "link", noon + life],
    ["that has linked somebody", confirm(answered).account, "link", noon],
  ])("a token %s is invalid and saves nothing", (_, account, token, now) => {
    const decided = answer(account, bob, now, token);
    expect(decided.outcome).toEqual({ kind: "invalid" });
    expect(decided.account).toBe(account);
  });

  test("one millisecond before its end it still counts", () => {
    expect(answer(begun, ann, noon + life - 1).outcome.kind).toBe("answered");
  });

  test("answering links nobody: that is for the person on the page", () => {
    expect(answered.telegram).toMatchObject({ enabled: false, accounts: [] });
    expect(answered.epoch).toBe(begun.epoch);
  });
});

describe("on the page", () => {
  test("confirming links who answered, switches Telegram on and ends other sessions, in one save", () => {
    const before = { ...answered, challenges: [aChallenge()] };
    const { account, outcome } = confirm(before);
    expect(outcome).toEqual({ kind: "linked" });
    expect(account.telegram).toMatchObject({
      enabled: true,
      accounts: [{ id: newId, userId: 70, name: "Ann (@ann)", language: "uk", reachable: true }],
      link: { linkedAt: noon },
    });
    expect(account).toMatchObject({
      epoch: before.epoch + 1,
      keptSessionId: "session",
      challenges: [{ status: "cancelled" }],
    });
    expect(recentActivity(account).map(({ event }) => event)).toEqual(["telegram_linked"]);
  });

  test("confirming again, also long after, changes nothing and ends nobody's session", () => {
    const linked = confirm(answered).account;
    for (const now of [noon, noon + 2 * life]) {
      const again = confirm(linked, now);
      expect(again.outcome).toEqual({ kind: "linked" });
      expect(again.account).toBe(linked);
    }
  });

  test.each([
    ["nobody has answered", begun, noon, "link", "link_unanswered"],
    ["it has expired", answered, noon + life, "link", "link_expired"],
    ["it expired unanswered", begun, noon + life, "link", "link_expired"],
    ["it is another one", answered, noon, "other", "not_found"],
    ["there is none", anAccount(), noon, "link", "not_found"],
  ] as const)("it links nobody when %s", (_, account, now, name, kind) => {
    const decided = confirm(account, now, name);
    expect(decided.outcome).toEqual({ kind });
    expect(decided.account).toBe(account);
  });

  test("somebody who is linked already is linked anew, not twice, under the id they had", () => {
    const had = { ...aTelegramAccount(70), userId: 70, reachable: false };
    const four = telegramWith(4).accounts;
    const telegram = { ...telegramWith(0), accounts: [...four, had] };
    const { account } = confirm({
      ...answered,
      telegram: { ...telegram, link: answered.telegram.link },
    });
    expect(account.telegram.accounts).toHaveLength(5);
    expect(account.telegram.accounts.at(-1)).toMatchObject({
      id: had.id,
      name: "Ann (@ann)",
      reachable: true,
    });
  });

  test("a sixth account is refused, though the link was begun in time", () => {
    const full = { ...answered, telegram: { ...telegramWith(5), link: answered.telegram.link } };
    const decided = confirm(full);
    expect(decided).toEqual({ account: full, outcome: { kind: "limit_reached" } });
  });

  test("what was asked and denied before stays on record: linking is no way around the limits", () => {
    const prompting = { promptedAt: [noon], denials: 2, pausedUntil: noon + minute };
    const before = { ...answered, telegram: { ...answered.telegram, prompting } };
    expect(confirm(before).account.telegram.prompting).toEqual(prompting);
  });
});
