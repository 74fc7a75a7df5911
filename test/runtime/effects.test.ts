import { describe, expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import { endOtherSessions } from "../../lib/account/epoch.ts";
import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import { answerTelegram } from "../../lib/telegram/answer-telegram.ts";
import { promptAgain } from "../../lib/telegram/prompt-again.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { effectsOf, type Effect } from "../../lib/runtime/effects.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { claimSending, markClosed, recordSent } from "../../lib/telegram/send-prompt.ts";
import { switchTelegram, unlinkTelegram } from "../../lib/telegram/change-telegram.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aNewChallenge } from "../support/challenge.ts";
import { accountId, challengeId, sessionId } from "../support/ids.ts";
import { aStory } from "../support/story.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, minute, noon, second } from "../support/time.ts";

const ann = anAccount({
  telegram: telegramWith(2),
  authenticators: [anAuthenticator("phone")],
});
const open = (account: Account, name: string, now = noon) =>
  openWithPrompt(account, aNewChallenge({ id: challengeId(name) }), context(now)).account;
const ids = (name: string) => ({ accountId: accountId("ann"), challengeId: challengeId(name) });
const askOf = (name: string, round = 1): Effect => ({ kind: "prompt", ...ids(name), round });
const settle = (name: string, notBefore: number | null = null): Effect => ({
  kind: "close",
  ...ids(name),
  notBefore,
});
const client = aClient();
const by = { sessionId: sessionId("session"), client };
const numbers = ["21", "22", "23"] as const;
const life = 10 * minute;

describe("asking", () => {
  test("a challenge that asks is sent, and its messages are looked after at its end", () => {
    expect(effectsOf(ann, open(ann, "one"))).toEqual([askOf("one"), settle("one", noon + life)]);
  });

  test("asking again is sent as its own round, with the end as before", () => {
    const before = open(ann, "one");
    const now = noon + 30 * second;
    const { account } = promptAgain(before, { ...ids("one"), numbers }, context(now));
    const effects = effectsOf(before, account);
    expect(effects[0]).toEqual(askOf("one", 2));
    for (const effect of effects.slice(1)) expect(effect).toEqual(settle("one", noon + life));
  });

  test("a challenge that may not ask yet is closed in its time; asked later, it asks too", () => {
    const asked = [noon - 3, noon - 2, noon - 1];
    const paused = {
      ...ann,
      telegram: { ...ann.telegram, prompting: { promptedAt: asked, denials: 0, pausedUntil: 0 } },
    };
    const before = open(paused, "one");
    expect(effectsOf(paused, before)).toEqual([settle("one", noon + life)]);
    const now = noon + 9 * minute + 59 * second;
    const until = { promptedAt: [], denials: 0, pausedUntil: 0 };
    const free = { ...before, telegram: { ...before.telegram, prompting: until } };
    const { account } = promptAgain(free, { ...ids("one"), numbers }, context(now));
    expect(effectsOf(free, account)).toEqual([askOf("one"), settle("one", noon + life)]);
  });

  test("without Telegram there is nothing to send, and a challenge is closed in its time", () => {
    const without = { ...ann, telegram: telegramWith(0) };
    expect(effectsOf(without, open(without, "one"))).toEqual([settle("one", noon + life)]);
  });
});

describe("every ending tells its messages, once:", () => {
  const before = open(ann, "one");
  const tap = (choice: string) =>
    answerTelegram(before, { ...ids("one"), userId: 1, messageId: 1, choice }, context(noon))
      .account;
  const codes = (right: boolean) => {
    const story = aStory(before);
    const { challengeId: id } = ids("one");
    if (right) story.right(id);
    else for (let n = 0; n < 5; n += 1) story.wrong(id);
    return story.account();
  };
  const [first] = ann.telegram.accounts;

  test.each<[string, Account, string]>([
    ["the right number", tap("47"), "approved"],
    ["a wrong number", tap("12"), "denied"],
    ["'not me'", tap("no"), "denied"],
    ["a code that is right", codes(true), "approved"],
    [
      "its browser giving up",
      cancelChallenge(before, challengeId("one"), client, context(noon)).account,
      "cancelled",
    ],
    ["a new epoch", endOtherSessions(before, null, noon), "cancelled"],
    ["a reset by the host", resetAccount(before, client, context(noon)).account, "cancelled"],
    [
      "Telegram being switched off",
      switchTelegram(before, { ...by, enabled: false }, context(noon)).account,
      "cancelled",
    ],
    [
      "an account being unlinked",
      unlinkTelegram(before, { ...by, id: first?.id ?? aTelegramAccount(1).id }, context(noon))
        .account,
      "cancelled",
    ],
  ])("%s", (_, after, status) => {
    expect(after.challenges[0]?.status).toBe(status);
    const effects = effectsOf(before, after).filter(({ kind }) => kind !== "notify");
    expect(effects).toEqual([settle("one")]);
    expect(effectsOf(after, after)).toEqual([]);
  });

  test("too many wrong codes, with the last of them", () => {
    const story = aStory(before);
    for (let n = 0; n < 5; n += 1) {
      const was = story.account();
      story.wrong(challengeId("one"));
      expect(effectsOf(was, story.account())).toEqual(n === 4 ? [settle("one")] : []);
    }
    expect(story.account().challenges[0]?.status).toBe("locked");
  });

  test("a fourth sign-in cancels the oldest and asks for its own in one save", () => {
    const three = ["one", "two", "three"].reduce((account, name) => open(account, name), ann);
    const later = noon + 9 * minute;
    const asked = { ...three.telegram, prompting: { promptedAt: [], denials: 0, pausedUntil: 0 } };
    const crowded = { ...three, telegram: asked };
    expect(effectsOf(crowded, open(crowded, "four", later))).toEqual([
      settle("one"),
      askOf("four"),
      settle("four", later + life),
    ]);
  });

  test("a new epoch ends all that are pending, and tells each", () => {
    const two = open(open(ann, "one"), "two");
    expect(effectsOf(two, endOtherSessions(two, null, noon))).toEqual([
      settle("one"),
      settle("two"),
    ]);
  });

  test("one that was never saved as over is told when somebody notices that it expired", () => {
    const late = noon + life + minute;
    const after = endOtherSessions(before, null, late);
    expect(after.challenges[0]?.status).toBe("expired");
    expect(effectsOf(before, after)).toEqual([settle("one")]);
  });
});

describe("nothing follows from", () => {
  const before = open(ann, "one");
  test.each<[string, Account, Account]>([
    ["the same account", before, before],
    ["a claim", before, claimSending(before, { ...ids("one"), round: 1 }, context(noon)).account],
    [
      "a record of what was sent",
      before,
      recordSent(
        before,
        {
          ...ids("one"),
          round:
            before.challenges.find(({ id }) => id === ids("one").challengeId)?.telegram?.round ?? 1,
          results: new Map([[aTelegramAccount(1).id, { kind: "sent", messageId: 1 }]]),
        },
        context(noon),
      ).account,
    ],
    ["messages that were settled", before, markClosed(before, challengeId("one"), noon).account],
    ["a challenge that is forgotten", before, { ...before, challenges: [] }],
    ["another field of the account", before, { ...before, email: "new@example.com" }],
  ])("%s", (_, was, is) => {
    expect(effectsOf(was, is)).toEqual([]);
  });

  test("a completion after the approval, for the approval has told it already", () => {
    const approved = answerTelegram(
      before,
      { ...ids("one"), userId: 1, messageId: 1, choice: "47" },
      context(noon),
    ).account;
    const story = aStory(approved);
    story.right(challengeId("one"));
    expect(story.account().challenges[0]?.completion).not.toBeNull();
    expect(effectsOf(approved, story.account())).toEqual([]);
  });
});

test("effects carry ids, a round and a time, and nothing that a reader of the queue could use", () => {
  for (const effect of effectsOf(ann, open(ann, "one"))) {
    const text = JSON.stringify(effect);
    for (const secret of ["47", "12", "83", "example.com", "192.0.2.7", "Firefox"]) {
      expect(text).not.toContain(secret);
    }
  }
});
