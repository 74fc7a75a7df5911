import { describe, expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import type { Account } from "../../lib/account/account.ts";
import type { ChallengeId } from "../../lib/account/ids.ts";
import { answerTelegram } from "../../lib/telegram/answer-telegram.ts";
import { promptAgain } from "../../lib/telegram/prompt-again.ts";
import { nextPromptAt } from "../../lib/telegram/prompt.ts";
import { anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aStory, type Story } from "../support/story.ts";
import { telegramWith } from "../support/telegram.ts";
import { context, hour, minute, noon, second } from "../support/time.ts";

const withTelegram = (given: Partial<Account> = {}) =>
  aStory(anAccount({ telegram: telegramWith(1), ...given }));

const numbers = ["21", "22", "23"] as const;
const ask = (story: Story, challengeId: ChallengeId) =>
  story.decide((account, now) => promptAgain(account, { challengeId, numbers }, now));
const tap = (story: Story, challengeId: ChallengeId, choice: string) =>
  story.decide((account, now) =>
    answerTelegram(account, { challengeId, userId: 1, messageId: 1, choice }, now),
  ).kind;
const askOf = (story: Story, id: ChallengeId) =>
  story.account().challenges.find((one) => one.id === id)?.telegram;
/** Whether opening a challenge asked at once. */
const asksAtOnce = (story: Story) => askOf(story, story.open())?.round === 1;

describe("without success in between", () => {
  test("three requests in ten minutes, whether of one challenge or of several", () => {
    const story = withTelegram();
    const first = story.open();
    story.wait(30 * second);
    expect(ask(story, first).kind).toBe("prompted");
    story.wait(30 * second);
    expect(asksAtOnce(story)).toBe(true);
    story.wait(30 * second);
    expect(asksAtOnce(story)).toBe(false);
    expect(ask(story, first)).toEqual({ kind: "too_early", until: noon + 10 * minute });
  });

  test("the fourth at the very second when the first is ten minutes old, and not one earlier", () => {
    const story = withTelegram();
    for (let n = 0; n < 3; n += 1) expect(asksAtOnce(story)).toBe(true);
    story.wait(10 * minute - 1);
    expect(asksAtOnce(story)).toBe(false);
    story.wait(1);
    expect(asksAtOnce(story)).toBe(true);
  });

  test("ten requests an hour, however they are spread", () => {
    const story = withTelegram();
    let sent = 0;
    for (let minutes = 0; minutes < 60; minutes += 5) {
      // Challenges are limited too: this looks at requests alone.
      if (asksAtOnce(story)) sent += 1;
      story.wait(5 * minute);
    }
    expect(sent).toBe(10);
    expect(asksAtOnce(story)).toBe(true);
  });
});

test("between two requests of one challenge are thirty seconds, and its number stays the same", () => {
  const story = withTelegram();
  const id = story.open();
  const shown = askOf(story, id)?.numbers;
  story.wait(30 * second - 1);
  expect(ask(story, id)).toEqual({ kind: "too_early", until: noon + 30 * second });
  story.wait(1);
  expect(ask(story, id).kind).toBe("prompted");
  expect(askOf(story, id)).toMatchObject({ round: 2, numbers: shown });
});

test("success in any way forgets requests, denials and the pause", () => {
  const story = withTelegram({ authenticators: [anAuthenticator("phone")] });
  for (let n = 0; n < 3; n += 1) story.open();
  expect(asksAtOnce(story)).toBe(false);
  expect(story.right(story.account().challenges.at(-1)?.id ?? story.open()).kind).toBe("completed");
  expect(asksAtOnce(story)).toBe(true);

  tap(story, story.open(), "no");
  story.wait(11 * minute);
  expect(tap(story, story.open(), "47")).toBe("approved");
  tap(story, story.open(), "no");
  expect(asksAtOnce(story)).toBe(true);
});

describe("two denials in a row", () => {
  const denied = (choice: string) => {
    const story = withTelegram();
    for (let n = 0; n < 2; n += 1) expect(tap(story, story.open(), choice)).toBe("denied");
    return story;
  };

  test.each(["no", "12"])(
    "by %j pause asking for fifteen minutes, not one second more",
    (choice) => {
      const story = denied(choice);
      const id = story.open();
      expect(askOf(story, id)).toMatchObject({ round: 0, chats: [] });
      story.wait(5 * minute);
      expect(ask(story, id)).toEqual({ kind: "too_early", until: noon + 15 * minute });
      story.wait(10 * minute - 1);
      expect(asksAtOnce(story)).toBe(false);
      story.wait(1);
      expect(asksAtOnce(story)).toBe(true);
    },
  );

  test("and each one after the pause pauses again", () => {
    const story = denied("no");
    story.wait(15 * minute);
    expect(tap(story, story.open(), "no")).toBe("denied");
    expect(asksAtOnce(story)).toBe(false);
    expect(nextPromptAt(story.account(), context(story.now()))).toBe(noon + 30 * minute);
  });
});

test("only 'not me' says that the password is known; a wrong number may be a slip", () => {
  for (const [choice, knownAt] of [
    ["12", null],
    ["83", null],
    ["no", noon],
  ] as const) {
    const story = withTelegram();
    tap(story, story.open(), choice);
    expect(story.account().passwordKnownAt).toBe(knownAt);
    const events = recentActivity(story.account()).map(({ event }) => event);
    expect(events).toEqual(knownAt ? ["password_known", "sign_in_denied"] : ["sign_in_denied"]);
  }
});

test("nobody is asked where Telegram is off or nobody is linked", () => {
  for (const telegram of [{ ...telegramWith(2), enabled: false }, telegramWith(0)]) {
    const story = withTelegram({ telegram });
    const id = story.open();
    expect(askOf(story, id)).toBeNull();
    expect(ask(story, id)).toEqual({ kind: "method_unavailable" });
  }
});

test("the record of requests does not grow: an hour is all that it keeps", () => {
  const story = withTelegram();
  for (let n = 0; n < 40; n += 1) {
    story.open();
    story.wait(4 * minute);
  }
  const { promptedAt } = story.account().telegram.prompting;
  expect(promptedAt.length).toBeLessThanOrEqual(10);
  expect(Math.min(...promptedAt)).toBeGreaterThan(story.now() - hour - 4 * minute);
});
