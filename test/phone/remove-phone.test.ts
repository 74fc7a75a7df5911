import { describe, expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { requestCall } from "../../lib/phone/request-call.ts";
import { switchTelegram, unlinkTelegram } from "../../lib/telegram/change-telegram.ts";
import { removePhone } from "../../lib/phone/remove-phone.ts";
import { removeTotp } from "../../lib/totp/remove-totp.ts";
import { aPhoneAccount, aWorld } from "./fallback/support/world.ts";
import { aClient } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aChallenge, aNewChallenge } from "../support/challenge.ts";
import { challengeId, phoneId, sessionId } from "../support/ids.ts";
import { aPhone, aPhoneEnrolment } from "../support/phones.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, noon } from "../support/time.ts";

const by = { sessionId: sessionId("mine"), client: aClient() };
const now = context(noon);

test("a number that is removed is gone, which is noted, and all other sessions and sign-ins end", () => {
  const account = aPhoneAccount({ challenges: [aChallenge()] });
  const removed = removePhone(account, { ...by, id: aPhone().id }, now);
  expect(removed.outcome).toEqual({ kind: "removed" });
  expect(removed.account).toMatchObject({ phones: [], epoch: 2, keptSessionId: "mine" });
  expect(removed.account.challenges[0]?.status).toBe("cancelled");
  expect(recentActivity(removed.account)[0]?.event).toBe("phone_removed");
});

test("a number that was begun is given up without a word, and nobody's session ends", () => {
  const account = aPhoneAccount({ phoneEnrolment: aPhoneEnrolment() });
  const id = aPhoneEnrolment().id;
  expect(removePhone(account, { ...by, id }, now)).toEqual({
    account: { ...account, phoneEnrolment: null },
    outcome: { kind: "removed" },
  });
});

test("a number that is not there is not found", () => {
  const account = aPhoneAccount();
  expect(removePhone(account, { ...by, id: phoneId("phone_other") }, now)).toEqual({
    account,
    outcome: { kind: "not_found" },
  });
});

describe("with the last factor that can stand alone", () => {
  const onlyApp = aPhoneAccount();
  const onlyTelegram = aPhoneAccount({ authenticators: [], telegram: telegramWith(1) });

  test.each([
    ["the authenticator", removeTotp(onlyApp, { ...by, id: anAuthenticator().id }, now).account],
    ["Telegram switched off", switchTelegram(onlyTelegram, { ...by, enabled: false }, now).account],
    [
      "the last Telegram account",
      unlinkTelegram(onlyTelegram, { ...by, id: aTelegramAccount(1).id }, now).account,
    ],
  ])("(%s) numbers go out of use, and stay for when there is one again", async (_, account) => {
    expect(account.phones).toEqual([aPhone()]);
    expect(securityView(account)).toMatchObject({
      secondStep: false,
      phones: { active: false, numbers: [{ id: aPhone().id }] },
    });
    const opened = openWithPrompt(account, aNewChallenge({ id: challengeId("next") }), now);
    const challenge = opened.account.challenges.at(-1) ?? aChallenge();
    const { methods } = challengeView(opened.account, challenge, now);
    expect(methods).not.toHaveProperty("phone");
    const input = { challengeId: challenge.id, phoneId: aPhone().id, ip: "192.0.2.7" };
    expect(requestCall(opened.account, input, now)).toEqual({
      account: opened.account,
      outcome: { kind: "method_unavailable" },
    });
    const world = aWorld(opened.account);
    expect(await world.request(challenge.id)).toBe("method_unavailable");
    await world.run(300);
    expect(world.placedAt).toEqual([]);
  });
});

test("a code that was sent before the last factor was removed signs nobody in", async () => {
  const world = aWorld();
  await world.request();
  const code = world.heard();
  await world.decide((one, at) => removeTotp(one, { ...by, id: anAuthenticator().id }, at));
  expect(await world.answer(code)).toEqual({ kind: "closed", as: "cancelled" });
});
