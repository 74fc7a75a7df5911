import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalEmail } from "../../lib/account/account.ts";
import { secondStepIsOn } from "../../lib/account/second-step.ts";
import { noActivity } from "../../lib/account/activity.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, sealed } from "../support/authenticator.ts";
import { aChallenge } from "../support/challenge.ts";
import { authenticatorId } from "../support/ids.ts";
import { hashOf, recoveryCodesOf } from "../support/recovery-codes.ts";
import { telegramWith } from "../support/telegram.ts";
import { noon } from "../support/time.ts";

test("the second step is on with an authenticator, and with nothing less", () => {
  expect(secondStepIsOn(anAccount())).toBe(false);
  expect(secondStepIsOn(anAccount({ recoveryCodes: recoveryCodesOf("00000-00000") }))).toBe(false);
  expect(
    secondStepIsOn(
      anAccount({
        totpEnrolment: {
          id: authenticatorId("begun"),
          name: "begun",
          secret: sealed("begun"),
          expiresAt: noon,
        },
      }),
    ),
  ).toBe(false);
  expect(secondStepIsOn(anAccount({ authenticators: [anAuthenticator()] }))).toBe(true);
});

test.each([
  ["Ann@Example.COM", "ann@example.com"],
  ["  ann@example.com\n", "ann@example.com"],
  ["ａｎｎ@example.com", "ann@example.com"],
  ["zoe\u0308@example.com", "zo\u00eb@example.com"],
])("the mail %j is compared as %j", (typed, canonical) => {
  expect(canonicalEmail(typed)).toBe(canonical);
});

test("a canonical mail is canonical", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (mail) => {
      expect(canonicalEmail(canonicalEmail(mail))).toBe(canonicalEmail(mail));
    }),
  );
});

const everything = anAccount({
  password: "password hash",
  authenticators: [anAuthenticator("phone", { lastUsedAt: noon }), anAuthenticator("tablet")],
  recoveryCodes: {
    ...recoveryCodesOf("00000-00000", "11111-11111"),
    used: [hashOf("22222-22222")],
  },
  challenges: [aChallenge()],
  activity: {
    ...noActivity,
    signIns: [{ ...aClient(), at: noon, event: "signed_in", n: 1 }],
  },
});

test("the security view tells what is on", () => {
  const account = { ...everything, telegram: telegramWith(1), passwordKnownAt: noon };
  expect(securityView(account)).toEqual({
    secondStep: true,
    passwordKnown: true,
    telegram: {
      enabled: true,
      accounts: [
        { id: "tg_1", name: "User 1", linkedAt: "2026-11-24T12:00:00.000Z", reachable: true },
      ],
    },
    authenticators: [
      {
        id: "phone",
        name: "phone",
        enabledAt: "2026-11-24T11:00:00.000Z",
        lastUsedAt: "2026-11-24T12:00:00.000Z",
      },
      { id: "tablet", name: "tablet", enabledAt: "2026-11-24T11:00:00.000Z", lastUsedAt: null },
    ],
    phones: { active: true, numbers: [] },
    recoveryCodes: { left: 2, createdAt: "2026-11-24T11:00:00.000Z" },
    recentActivity: [
      {
        at: "2026-11-24T12:00:00.000Z",
        event: "signed_in",
        ip: "192.0.2.7",
        device: "Firefox on Linux",
      },
    ],
  });
});

test("the security view of a new account is empty", () => {
  expect(securityView(anAccount())).toEqual({
    secondStep: false,
    passwordKnown: false,
    telegram: { enabled: false, accounts: [] },
    authenticators: [],
    phones: { active: false, numbers: [] },
    recoveryCodes: { left: 0, createdAt: null },
    recentActivity: [],
  });
});

test("nothing in the security view helps to sign in", () => {
  const shown = JSON.stringify(securityView(everything));
  const secrets = [
    "password hash",
    sealed("phone"),
    hashOf("00000-00000"),
    hashOf("22222-22222"),
    aChallenge().id,
    aChallenge().secretHash,
  ];
  for (const secret of secrets) expect(shown).not.toContain(secret);
});
