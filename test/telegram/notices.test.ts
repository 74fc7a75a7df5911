import { describe, expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import type { ActivityEvent } from "../../lib/account/activity.ts";
import { noteActivity } from "../../lib/account/note-activity.ts";
import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import { toldEvents } from "../../lib/telegram/told-activity.ts";
import { effectsOf } from "../../lib/runtime/effects.ts";
import type { Method } from "../../lib/account/challenge.ts";
import { switchTelegram, unlinkTelegram } from "../../lib/telegram/change-telegram.ts";
import { aClient, anAccount } from "../support/account.ts";
import { accountId, sessionId } from "../support/ids.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, noon } from "../support/time.ts";

const ann = anAccount({ telegram: telegramWith(2) });
const client = aClient();
const noted = (account: Account, event: ActivityEvent, method?: Method) =>
  noteActivity(account, event, client, context(noon), method && { method });
const noticesOf = (before: Account, after: Account) =>
  effectsOf(before, after).filter(({ kind }) => kind === "notify");
const chats = (...users: number[]) => users.map((userId) => ({ userId, language: "en" }));
const notice = (entry: number, ...users: number[]) => ({
  kind: "notify",
  accountId: accountId("ann"),
  entry,
  chats: chats(...users),
});

test.each(toldEvents)("%s is told in every linked chat", (event) => {
  expect(noticesOf(ann, noted(ann, event))).toEqual([notice(1, 1, 2)]);
});

test.each(["call", "sms"] as const)("a sign-in by %s is told", (method) => {
  expect(noticesOf(ann, noted(ann, "signed_in", method))).toEqual([notice(1, 1, 2)]);
});

test.each(["password", "totp", "telegram", "recovery_code"] as const)(
  "a sign-in by %s is not: the recovery code has a notice of its own",
  (method) => {
    expect(noticesOf(ann, noted(ann, "signed_in", method))).toEqual([]);
  },
);

test.each<ActivityEvent>([
  "challenge_opened",
  "challenge_expired",
  "challenge_cancelled",
  "challenge_locked",
  "challenge_unfinished",
  "reauthenticated",
  "password_known",
  "sessions_ended",
])("%s is told in recent activity alone", (event) => {
  expect(noticesOf(ann, noted(ann, event))).toEqual([]);
});

test("each entry of a save is told once, and a repeat by the number that it has then", () => {
  const twice = noted(noted(ann, "email_changed"), "password_changed");
  expect(noticesOf(ann, twice)).toEqual([notice(1, 1, 2), notice(2, 1, 2)]);
  expect(noticesOf(twice, twice)).toEqual([]);
  expect(noticesOf(twice, noted(twice, "email_changed"))).toEqual([notice(3, 1, 2)]);
});

describe("a chat that the very save removed is told too:", () => {
  const by = { sessionId: sessionId("session"), client };

  test("unlinked", () => {
    const id = aTelegramAccount(1).id;
    const { account } = unlinkTelegram(ann, { ...by, id }, context(noon));
    expect(noticesOf(ann, account)).toEqual([notice(1, 1, 2)]);
    // What comes after it is none of its business any more.
    expect(noticesOf(account, noted(account, "totp_removed"))).toEqual([notice(2, 2)]);
  });

  test("the last one", () => {
    const one = anAccount({ telegram: telegramWith(1) });
    const { account } = unlinkTelegram(one, { ...by, id: aTelegramAccount(1).id }, context(noon));
    expect(noticesOf(one, account)).toEqual([notice(1, 1)]);
  });

  test("reset by the host", () => {
    const { account } = resetAccount(ann, client, context(noon));
    expect(noticesOf(ann, account)).toEqual([notice(1, 1, 2)]);
  });

  test("switched off, which leaves them linked", () => {
    const { account } = switchTelegram(ann, { ...by, enabled: false }, context(noon));
    expect(noticesOf(ann, account)).toEqual([notice(1, 1, 2)]);
  });
});

test("an account without any Telegram makes no job", () => {
  const without = anAccount();
  for (const event of toldEvents) expect(noticesOf(without, noted(without, event))).toEqual([]);
});

test("a job carries no name, mail, device or address", () => {
  const text = JSON.stringify(noticesOf(ann, noted(ann, "totp_removed")));
  for (const secret of ["User", "example.com", client.ip, client.device, "totp"]) {
    expect(text).not.toContain(secret);
  }
});
