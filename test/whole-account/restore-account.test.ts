import fc from "fast-check";
import { expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import type { Account } from "../../lib/account/account.ts";
import { newTelegramLinkId } from "../../lib/account/ids.ts";
import { restoreAccount } from "../../lib/whole-account/restore-account.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import { redeemGrant } from "../../lib/challenge/redeem-grant.ts";
import { takeHandoff } from "../../lib/challenge/take-handoff.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answerTelegramLink } from "../../lib/telegram/answer-telegram-link.ts";
import { confirmPhone } from "../../lib/phone/confirm-phone.ts";
import { confirmTotp } from "../../lib/totp/confirm-totp.ts";
import { matchTotp, useTimeStep } from "../../lib/totp/match-totp.ts";
import { matchRecoveryCode } from "../../lib/recovery-codes/recovery-codes.ts";
import { noTelegram } from "../../lib/account/telegram.ts";
import { callCode } from "../../lib/phone/fallback/codes.ts";
import { isLive } from "../../lib/sessions/session.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt, sealed, stepAt, totpKeys } from "../support/authenticator.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { authenticatorId, challengeId, phoneId, sessionId } from "../support/ids.ts";
import {
  aFallback,
  aPhone,
  aPhoneEnrolment,
  aSend,
  codeKeys,
  codesKey,
} from "../support/phones.ts";
import { hashOf, recoveryCodesOf } from "../support/recovery-codes.ts";
import { aSession } from "../support/session.ts";
import { context, hour, minute, noon, second } from "../support/time.ts";

/** The point in time that the table was brought back to, an hour ago. */
const from = noon - hour;
const restore = (account: Account, now = noon) =>
  restoreAccount(account, { from }, context(now)).account;

/** In use in every way, as it was at `from`. */
const ann = anAccount({
  epoch: 7,
  keptSessionId: sessionId("keptSessionId"),
  password: "a hash",
  authenticators: [anAuthenticator("phone"), anAuthenticator("tablet")],
  totpEnrolment: {
    id: authenticatorId("begun"),
    name: "begun",
    secret: sealed("begun"),
    expiresAt: noon + hour,
  },
  recoveryCodes: recoveryCodesOf("00000-00000", "11111-11111"),
  phones: [aPhone()],
  phoneEnrolment: aPhoneEnrolment({ fallback: aFallback({ sends: [aSend()] }) }),
  telegram: {
    ...noTelegram,
    enabled: true,
    link: {
      id: newTelegramLinkId({ random: (bytes) => Buffer.alloc(bytes) }),
      tokenHash: hashToken("link"),
      expiresAt: noon + hour,
      answer: null,
      linkedAt: null,
    },
  },
  challenges: [
    aChallenge({ epoch: 7, expiresAt: noon + hour }),
    aChallenge({ id: challengeId("approved"), epoch: 7, status: "approved" }),
    aChallenge({
      id: challengeId("handed"),
      epoch: 7,
      handoff: { tokenHash: hashToken("handed"), taken: null, returnTo: null },
    }),
    aChallenge({
      id: challengeId("completed"),
      epoch: 7,
      status: "approved",
      completion: {
        sessionId: sessionId("completed"),
        method: "totp",
        at: noon,
        epoch: 7,
        proof: 1,
        repeatKeyHash: "repeat",
        grantHash: hashToken("grant"),
        redeemedBy: null,
      },
    }),
  ],
});
const restored = restore(ann);

test("no session of before is live, and none of the lost time, however often sessions were ended in it", () => {
  const live = (epoch: number, id = "any") =>
    isLive(aSession({ id: sessionId(id), epoch, accountId: ann.id }), restored, context(noon));
  expect(live(7, "keptSessionId")).toBe(false);
  for (let epoch = 0; epoch < 10_000; epoch += 1) expect(live(epoch)).toBe(false);
  expect(live(restored.epoch)).toBe(true);
});

test("no sign-in of before goes on: pending, answered, handed over, repeated or redeemed", () => {
  const at = context(noon + second);
  for (const id of ["challenge", "approved", "completed"]) {
    const answer = anAnswer({ challengeId: challengeId(id), repeatKeyHash: "repeat" });
    expect(completeChallenge(restored, answer, at).outcome.kind).not.toBe("completed");
    const code = codeAt(noon + 2 * minute);
    const typed = answerTotp(restored, { ...answer, code, totpKeys }, context(noon + 2 * minute));
    expect(typed.outcome.kind).toBe("no_challenge");
  }
  const handed = { challengeId: challengeId("handed"), tokenHash: hashToken("handed") };
  const taken = takeHandoff(restored, { ...handed, secretHash: "mine", repeatKeyHash: null }, at);
  expect(taken.outcome.kind).toBe("no_challenge");
  const grant = { challengeId: challengeId("completed"), hash: hashToken("grant"), by: "" };
  expect(redeemGrant(restored, grant, at).outcome.kind).toBe("not_found");
});

test("no code of an app that was used in the lost time is good again, at any time after", () => {
  const seconds = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(seconds(3600), fc.constantFrom(-1, 0, 1), seconds(600), (ago, steps, later) => {
      // Used at a time of the lost hour, by a phone that was a step behind, right or ahead.
      const code = codeAt(noon - ago * second, { steps });
      const used = matchTotp(ann, code, totpKeys, context(noon - ago * second));
      if (used.kind !== "right") return;
      const now = noon + later * second;
      const match = matchTotp(restored, code, totpKeys, context(now));
      // Another step may show the same six digits by chance.
      if (match.kind === "right") expect(match.timeStep).toBeGreaterThan(stepAt(noon) + 1);
    }),
  );
});

test("the codes after that are good, once each", () => {
  const now = noon + minute;
  const match = matchTotp(restored, codeAt(now), totpKeys, context(now));
  expect(match.kind).toBe("right");
  if (match.kind !== "right") return;
  const used = useTimeStep(restored, match, context(now));
  expect(matchTotp(used, codeAt(now), totpKeys, context(now)).kind).toBe("replayed");
});

test("an app that had gone further already is not taken back", () => {
  const ahead = stepAt(noon) + 5;
  const account = anAccount({ authenticators: [anAuthenticator("phone", { lastStep: ahead })] });
  expect(restore(account).authenticators[0]?.lastStep).toBe(ahead);
});

test("no recovery code is good, and the person is shown that there are none", () => {
  for (const code of ["00000-00000", "11111-11111"]) {
    expect(matchRecoveryCode(restored, [hashOf(code)]).kind).toBe("wrong");
  }
  expect(securityView(restored).recoveryCodes).toEqual({ left: 0, createdAt: null });
});

test("nothing that was begun can be confirmed: app, number or Telegram account", () => {
  const by = { sessionId: sessionId("mine"), client: aClient() };
  const app = { id: authenticatorId("begun"), code: codeAt(noon, { name: "begun" }), totpKeys };
  expect(confirmTotp(restored, { ...app, ...by }, context(noon)).outcome.kind).toBe("not_found");
  const begun = phoneId("phone_begun");
  const number = { id: begun, code: callCode(codesKey, begun, 1), codeKeys };
  expect(confirmPhone(ann, { ...number, ...by }, context(noon)).outcome.kind).toBe("confirmed");
  const confirmed = confirmPhone(restored, { ...number, ...by }, context(noon));
  expect(confirmed.outcome.kind).toBe("not_found");
  const answer = { userId: 7, name: "Eve", language: "en" as const, messageId: 1 };
  const came = { tokenHash: hashToken("link"), answer };
  expect(answerTelegramLink(restored, came, context(noon)).outcome.kind).toBe("invalid");
});

test("doing it again for the same point in time changes nothing, also later", () => {
  for (const now of [noon, noon + hour]) {
    const again = restoreAccount(restored, { from }, context(now));
    expect(again.outcome).toEqual({ kind: "done" });
    expect(again.account).toBe(restored);
  }
});

test("for another point in time it is done again, and goes past what was since", () => {
  const other = restoreAccount(restored, { from: from + minute }, context(noon + hour));
  expect(other.outcome.kind).toBe("restored");
  expect(other.account.epoch).toBeGreaterThan(restored.epoch);
});

test("it is noted, and what nobody can know is left as it was", () => {
  expect(recentActivity(restored)[0]).toMatchObject({ at: noon, event: "restored" });
  const { email, password, phones, guesses, passwordKnownAt, locale, telegram } = ann;
  expect(restored).toMatchObject({
    ...{ email, password, phones, guesses, passwordKnownAt, locale },
    telegram: { ...telegram, link: null },
    keptSessionId: null,
    restoredFrom: from,
  });
  expect(securityView(restored).secondStep).toBe(true);
});

test("an epoch that is past the seconds of the clock goes on by one", () => {
  const far = anAccount({ epoch: 2 ** 40 });
  expect(restore(far).epoch).toBe(2 ** 40 + 1);
});
