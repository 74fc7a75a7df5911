import { describe, expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import { codeAt } from "../support/authenticator.ts";
import { sessionId } from "../support/ids.ts";
import { aStory } from "../support/story.ts";
import { day, hour, minute, noon, second } from "../support/time.ts";
import { aGuardedAccount, wrongRecoveryCode } from "./guarded-account.ts";

describe("per challenge", () => {
  test("five guesses, then it is locked", () => {
    const story = aStory(aGuardedAccount());
    const challenge = story.open();
    const outcomes = Array.from({ length: 5 }, () => story.wrong(challenge));
    expect(outcomes).toEqual(
      [4, 3, 2, 1, 0].map((attemptsLeft) => ({
        kind: "wrong_code",
        attemptsLeft,
        clock: undefined,
      })),
    );
    expect(story.account().challenges[0]).toMatchObject({ status: "locked", wrongGuesses: 5 });
    expect(recentActivity(story.account()).map(({ event }) => event)).toEqual(["challenge_locked"]);
  });

  test("a locked one takes no right code, now or after any pause", () => {
    const story = aStory(aGuardedAccount());
    const challenge = story.open();
    for (let n = 0; n < 5; n += 1) story.wrong(challenge);
    for (const wait of [0, 30 * second, 5 * minute, hour]) {
      story.wait(wait);
      const before = story.account();
      expect(story.right(challenge)).toEqual({ kind: "closed", as: "locked" });
      expect(story.recoveryCode(challenge, "00000-00000")).toEqual({
        kind: "closed",
        as: "locked",
      });
      expect(story.account()).toBe(before);
    }
  });

  test("guesses of all methods count together", () => {
    const story = aStory(aGuardedAccount());
    const challenge = story.open();
    story.wrong(challenge);
    story.recoveryCode(challenge, wrongRecoveryCode);
    expect(story.wrong(challenge)).toMatchObject({ attemptsLeft: 2 });
    expect(story.account().guesses.consecutiveWrong).toBe(3);
  });
});

describe("per account", () => {
  test("the run goes on over challenges, sign-ins and re-authentications", () => {
    const story = aStory(aGuardedAccount());
    story.wrong(story.open());
    story.wrong(story.open(sessionId("mine")));
    story.wait(11 * minute);
    story.wrong(story.open());
    story.wait(2 * day);
    story.wrong(story.open());
    expect(story.account().guesses).toMatchObject({
      consecutiveWrong: 4,
      pausedUntil: story.now(),
    });
    story.wrong(story.open());
    expect(story.account().guesses).toMatchObject({
      consecutiveWrong: 5,
      pausedUntil: story.now() + 30 * second,
    });
  });

  test("signing in again, cancelling and asking for a view lower no counter", () => {
    const story = aStory(aGuardedAccount());
    const challenge = story.open();
    for (let n = 0; n < 5; n += 1) story.wrong(challenge);
    const { guesses } = story.account();
    for (let n = 0; n < 4; n += 1) story.open();
    expect(story.account().guesses).toEqual(guesses);
  });

  test("the fifth wrong code pauses for 30 s, and each more for twice as long, up to an hour", () => {
    const record = (consecutiveWrong: number) => {
      const one = aStory(aGuardedAccount({ consecutiveWrong }));
      one.wrong(one.open());
      return (one.account().guesses.pausedUntil - noon) / second;
    };
    expect(Array.from({ length: 15 }, (_, n) => record(n))).toEqual([
      0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600,
    ]);
  });

  test("while paused, a right code is refused exactly like a wrong one, and nothing is charged", () => {
    const pausedUntil = noon + 30 * second;
    const story = aStory(aGuardedAccount({ consecutiveWrong: 5, pausedUntil }));
    const challenge = story.open();
    const before = story.account();
    for (const moment of [0, 29_999]) {
      story.wait(moment);
      const outcomes = [
        story.right(challenge),
        story.wrong(challenge),
        story.totp(challenge, codeAt(story.now(), { steps: 5 })),
      ];
      expect(outcomes).toEqual(outcomes.map(() => ({ kind: "paused", until: pausedUntil })));
      expect(story.account()).toBe(before);
    }
    story.wait(1);
    expect(story.right(challenge).kind).toBe("completed");
  });

  test("a right code that was tried in a pause is as good as ever after it", () => {
    const story = aStory(aGuardedAccount({ consecutiveWrong: 5, pausedUntil: noon + 10 * second }));
    const challenge = story.open();
    const code = codeAt(noon);
    expect(story.totp(challenge, code).kind).toBe("paused");
    story.wait(10 * second);
    expect(story.totp(challenge, code).kind).toBe("completed");
  });

  test.each(["totp", "recoveryCode"] as const)("success with %s clears the run", (method) => {
    const story = aStory(aGuardedAccount({ consecutiveWrong: 42, pausedUntil: noon }));
    const challenge = story.open();
    const code = method === "totp" ? codeAt(noon) : "00000-00000";
    expect(story[method](challenge, code).kind).toBe("completed");
    expect(story.account().guesses).toMatchObject({ consecutiveWrong: 0, pausedUntil: 0 });
  });

  test("a replayed code charges nothing", () => {
    const story = aStory(aGuardedAccount());
    const code = codeAt(noon);
    story.totp(story.open(), code);
    const challenge = story.open();
    const before = story.account();
    for (let n = 0; n < 20; n += 1) {
      expect(story.totp(challenge, code)).toEqual({ kind: "code_already_used" });
    }
    expect(story.account()).toBe(before);
  });

  test("a replayed recovery code charges nothing, in the sign-in after it either", () => {
    const story = aStory(aGuardedAccount());
    story.recoveryCode(story.open(), "00000-00000");
    const challenge = story.open();
    const before = story.account();
    expect(story.recoveryCode(challenge, "00000-00000")).toEqual({ kind: "code_already_used" });
    expect(story.account()).toBe(before);
  });
});
