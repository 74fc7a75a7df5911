import { describe, expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import type { Account } from "../../lib/account/account.ts";
import { secondStepIsOn } from "../../lib/account/second-step.ts";
import { switchTelegram, unlinkTelegram } from "../../lib/telegram/change-telegram.ts";
import { aClient, anAccount } from "../support/account.ts";
import { aChallenge } from "../support/challenge.ts";
import { sessionId } from "../support/ids.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, noon } from "../support/time.ts";

const by = { sessionId: sessionId("session"), client: aClient() };
const switched = (account: Account, enabled: boolean) =>
  switchTelegram(account, { ...by, enabled }, context(noon));
const unlinked = (account: Account, n: number) =>
  unlinkTelegram(account, { ...by, id: aTelegramAccount(n).id }, context(noon));
const on = anAccount({ telegram: telegramWith(2), challenges: [aChallenge()] });
const off = { ...on, telegram: { ...on.telegram, enabled: false } };

/** Other sessions and sign-ins under way are over. */
const endsOthers = { epoch: 2, keptSessionId: "session", challenges: [{ status: "cancelled" }] };

describe("switching", () => {
  test("off keeps the links and ends the second step and other sessions", () => {
    const { account, outcome } = switched(on, false);
    expect(outcome).toEqual({ kind: "switched" });
    expect(account).toMatchObject(endsOthers);
    expect(account.telegram).toEqual({ ...on.telegram, enabled: false });
    expect(secondStepIsOn(account)).toBe(false);
    expect(recentActivity(account)[0]?.event).toBe("telegram_disabled");
  });

  test("on ends other sessions too: they went through one step only", () => {
    const { account } = switched(off, true);
    expect(account).toMatchObject(endsOthers);
    expect(secondStepIsOn(account)).toBe(true);
    expect(recentActivity(account)[0]?.event).toBe("telegram_enabled");
  });

  test("to what it is changes nothing and ends nobody's session", () => {
    expect(switched(on, true)).toEqual({ account: on, outcome: { kind: "switched" } });
    expect(switched(on, true).account).toBe(on);
    expect(switched(off, false).account).toBe(off);
  });

  test("on needs somebody to ask; off never does", () => {
    const nobody = anAccount();
    const decided = switched(nobody, true);
    expect(decided).toEqual({ account: nobody, outcome: { kind: "no_telegram_account" } });
    expect(switched(nobody, false).outcome).toEqual({ kind: "switched" });
  });
});

describe("unlinking", () => {
  test("one of two leaves the method on, and ends other sessions", () => {
    const { account, outcome } = unlinked(on, 1);
    expect(outcome).toEqual({ kind: "unlinked" });
    expect(account).toMatchObject(endsOthers);
    expect(account.telegram.accounts.map(({ userId }) => userId)).toEqual([2]);
    expect(secondStepIsOn(account)).toBe(true);
    expect(recentActivity(account)[0]?.event).toBe("telegram_unlinked");
  });

  test("the last one switches the method off, so that linking another is what brings it back", () => {
    const { account } = unlinked(unlinked(on, 1).account, 2);
    expect(account.telegram).toMatchObject({ enabled: false, accounts: [] });
    expect(secondStepIsOn(account)).toBe(false);
  });

  test("while it is off does not switch it on", () => {
    expect(unlinked(off, 1).account.telegram.enabled).toBe(false);
  });

  test("somebody who is not there changes nothing", () => {
    const decided = unlinked(on, 3);
    expect(decided).toEqual({ account: on, outcome: { kind: "not_found" } });
    expect(decided.account).toBe(on);
  });
});
