import { describe, expect, test } from "vitest";
import type { Account, Context } from "../../lib/account/account.ts";
import { readAccount, writeAccount } from "../../lib/account/read-account.ts";
import { answerTelegram } from "../../lib/telegram/answer-telegram.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { promptAgain } from "../../lib/telegram/prompt-again.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { requestCall } from "../../lib/phone/request-call.ts";
import { claimSending, recordSent } from "../../lib/telegram/send-prompt.ts";
import { tidyAccount } from "../../lib/whole-account/tidy-account.ts";
import { confirmTelegramLink } from "../../lib/telegram/confirm-telegram-link.ts";
import { switchTelegram } from "../../lib/telegram/change-telegram.ts";
import { enrolTotp } from "../../lib/totp/enrol-totp.ts";
import { replaceRecoveryCodes } from "../../lib/recovery-codes/recovery-codes.ts";
import { recordAttempt } from "../../lib/phone/fallback/record-attempt.ts";
import { setPassword } from "../../lib/sessions/set-password.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { aClient, anAccount } from "../support/account.ts";
import {
  anAuthenticator,
  codeAt,
  sealed,
  totpKeys,
  wrongCodeAt,
} from "../support/authenticator.ts";
import { aChallenge, anAnswer, aNewChallenge } from "../support/challenge.ts";
import { authenticatorId, challengeId, sessionId } from "../support/ids.ts";
import { aFallback, aPhone, aPhoneEnrolment, aSend } from "../support/phones.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, minute, noon } from "../support/time.ts";
import { aFullAccount } from "../support/full-account.ts";
import { isRecord, lost, plant } from "../support/planted.ts";

const linkId = "link_1" as Parameters<typeof confirmTelegramLink>[1]["linkId"];

const chat = {
  id: aTelegramAccount(1).id,
  userId: 1,
  language: "en",
  state: "asked",
  claimedUntil: 0,
  messages: [7],
} as const;

/** Something of every kind of record, in a state in which decisions work on it. */
const ann = anAccount({
  password: "hash",
  authenticators: [anAuthenticator("phone")],
  totpEnrolment: {
    id: authenticatorId("begun"),
    name: "Tablet",
    secret: sealed("begun"),
    expiresAt: noon + 10 * minute,
  },
  telegram: {
    ...telegramWith(2),
    link: {
      id: linkId,
      tokenHash: "token",
      expiresAt: noon + minute,
      linkedAt: null,
      answer: { userId: 1, name: "User 1", language: "en", messageId: 1 },
    },
  },
  phones: [aPhone()],
  phoneEnrolment: aPhoneEnrolment({ fallback: aFallback({ sends: [aSend()] }) }),
  recoveryCodes: recoveryCodesOf("00000-00000"),
  challenges: [
    aChallenge({
      fallback: aFallback({ sends: [aSend({ state: "placing" })] }),
      telegram: {
        numbers: ["47", "12", "83"],
        round: 1,
        promptedAt: noon - minute,
        chats: [
          chat,
          { ...chat, id: aTelegramAccount(2).id, userId: 2, state: "asking", messages: [] },
        ],
        answeredBy: null,
        messagesClosedAt: null,
      },
    }),
    aChallenge({
      id: challengeId("host"),
      status: "approved",
      handoff: { tokenHash: "token", taken: { at: noon, repeatKeyHash: "key" }, returnTo: null },
    }),
  ],
  activity: {
    noted: 2,
    signIns: [{ ...aClient(), at: noon, event: "signed_in", n: 1, method: "totp" }],
    changes: [{ ...aClient(), at: noon, event: "password_changed", n: 2 }],
  },
});

const by = { sessionId: sessionId("mine"), client: aClient() };
const id = challengeId("challenge");
type Decide = (account: Account, context: Context) => { readonly account: Account };

const decisions: Readonly<Record<string, Decide>> = {
  "a right code": (one, now) =>
    answerTotp(one, { ...anAnswer(), code: codeAt(noon), totpKeys }, now),
  "a wrong code": (one, now) =>
    answerTotp(one, { ...anAnswer(), code: wrongCodeAt(noon), totpKeys }, now),
  "a fast clock": (one, now) =>
    answerTotp(one, { ...anAnswer(), code: codeAt(noon, { steps: 5 }), totpKeys }, now),
  "a tap": (one, now) =>
    answerTelegram(one, { challengeId: id, userId: 1, messageId: 7, choice: "47" }, now),
  "a denial": (one, now) =>
    answerTelegram(one, { challengeId: id, userId: 1, messageId: 7, choice: "no" }, now),
  "asking again": (one, now) =>
    promptAgain(one, { challengeId: id, numbers: ["47", "12", "83"] }, now),
  "a claim to send": (one, now) => claimSending(one, { challengeId: id, round: 1 }, now),
  "a message sent": (one, now) =>
    recordSent(
      one,
      { challengeId: id, round: 1, results: new Map([[chat.id, { kind: "sent", messageId: 9 }]]) },
      now,
    ),
  "a call asked for": (one) =>
    requestCall(
      one,
      { challengeId: id, phoneId: aPhone().id, ip: "192.0.2.1" },
      context(noon + minute),
    ),
  "a call that failed": (one, now) =>
    recordAttempt(one, { ownerId: id, n: 1, result: { kind: "failed" } }, now),
  "a completion": (one, now) =>
    completeChallenge(one, anAnswer({ challengeId: challengeId("host") }), now),
  "a cancelled sign-in": (one, now) => cancelChallenge(one, id, aClient(), now),
  "a new sign-in": (one, now) =>
    openWithPrompt(one, aNewChallenge({ id: challengeId("another") }), now),
  "a link confirmed": (one, now) =>
    confirmTelegramLink(one, { linkId, newId: chat.id, ...by }, now),
  "Telegram switched off": (one, now) => switchTelegram(one, { enabled: false, ...by }, now),
  "an app begun": (one, now) =>
    enrolTotp(one, { id: authenticatorId("next"), name: "Next", secret: sealed("next") }, now),
  "new recovery codes": (one, now) => replaceRecoveryCodes(one, { hashes: ["a"], ...by }, now),
  "a new password": (one, now) => setPassword(one, { hash: "new", ...by }, now),
  "tidying up": (one, now) => ({ account: tidyAccount(one, now) }),
};

/** Records that such a decision makes anew, in place of others. */
const madeAnew: Readonly<Record<string, readonly string[]>> = {
  "new recovery codes": [".recoveryCodes"],
  "an app begun": [".totpEnrolment"],
};

describe("what a newer release added is there after", () => {
  test.each(Object.entries(decisions))("%s", (name, decide) => {
    const before = readAccount(JSON.parse(writeAccount(plant(ann, "") as Account)) as Account);
    const { account } = decide(before, context(noon));
    expect(account, "the decision does something").not.toBe(before);
    const after = JSON.parse(writeAccount(account)) as unknown;
    const known = madeAnew[name] ?? [];
    expect(lost(before, after, "").filter((path) => !known.includes(path))).toEqual([]);
  });
});

/** Without these a record is none: they are in every release. */
const mandatory =
  /\.(id|createdAt|email|secretHash|epoch|openedAt|expiresAt|client|ip|device|status|purpose|name|secret|enabledAt|lastStep|linkedAt|userId|tokenHash|messageId|number|country|masked|confirmedAt|phoneId|sends|n|channel|state|at|code|kind|hash|event|sessionId|method|proof|numbers|chats|by|language|reachable|takesSms|left|used|recoveryCodes|accounts)$/;

/** Fields that are there or not, with a meaning either way. */
const optional = /\.(sealedBy|times|challengeId|method|replaces)$/;

test("a field that an older release did not have gets its default, at every depth", () => {
  const full = aFullAccount(defaultLimits);
  const missing: string[] = [];
  const visit = (value: unknown, path: string, change: (next: unknown) => unknown) => {
    if (Array.isArray(value)) {
      if (value.length > 0) {
        const [first, ...rest] = value as unknown[];
        visit(first, `${path}.0`, (next) => change([next, ...rest]));
      }
      return;
    }
    if (!isRecord(value)) return;
    for (const [name, one] of Object.entries(value)) {
      const without = Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      const at = `${path}.${name}`;
      if (!mandatory.test(at) && !optional.test(at)) {
        const read = readAccount(change(without) as Account);
        if (fieldAt(read, at) === undefined) missing.push(at);
      }
      visit(one, at, (next) => change({ ...value, [name]: next }));
    }
  };
  visit(full, "", (next) => next);
  expect(missing).toEqual([]);
});

const fieldAt = (account: unknown, path: string): unknown =>
  path
    .split(".")
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], account);
