import { expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { aClient } from "../support/account.ts";
import { aStory, type Story } from "../support/story.ts";
import { context, day, hour, minute, noon } from "../support/time.ts";
import { aGuardedAccount } from "./guarded-account.ts";

/** Guesses wrong that many times, in as many challenges as are needed, and waits out every pause. */
const guessWrong = (story: Story, times: number) => {
  for (let left = times; left > 0;) {
    const opened = story.tryToOpen();
    if (opened.kind === "too_many_challenges") {
      story.wait(opened.until - story.now());
      continue;
    }
    for (let inThis = 0; inThis < 5 && left > 0; inThis += 1, left -= 1) {
      const pause = story.account().guesses.pausedUntil - story.now();
      if (pause > 9 * minute) break;
      if (pause > 0) story.wait(pause);
      if (story.wrong(opened.challenge.id).kind !== "wrong_code") break;
    }
    story.wait(Math.max(0, story.account().guesses.pausedUntil - story.now()));
  }
};

/** What the browser of the newest challenge sees. */
const methodsOf = (story: Story) => {
  const challenge = story.account().challenges.at(-1);
  if (!challenge) throw new Error("There is no challenge.");
  return challengeView(story.account(), challenge, context(story.now())).methods;
};

test("a hundred wrong codes in a row take codes off, and leave a recovery code or a reset", () => {
  const story = aStory(aGuardedAccount());
  guessWrong(story, 99);
  expect(story.account().guesses.consecutiveWrong).toBe(99);
  expect(recentActivity(story.account()).map(({ event }) => event)).not.toContain("codes_off");
  guessWrong(story, 1);
  expect(recentActivity(story.account()).map(({ event }) => event)).toContain("codes_off");

  const challenge = story.open();
  const before = story.account();
  expect(story.right(challenge)).toEqual({ kind: "method_unavailable" });
  expect(story.wrong(challenge)).toEqual({ kind: "method_unavailable" });
  expect(story.account()).toBe(before);
  expect(methodsOf(story)).toEqual({ recoveryCode: { left: 3 } });

  expect(story.recoveryCode(challenge, "00000-00000").kind).toBe("completed");
  expect(story.right(story.open()).kind).toBe("completed");
});

test("codes that are off stay off for days", () => {
  const story = aStory(aGuardedAccount({ consecutiveWrong: 100 }));
  story.wait(30 * day);
  expect(story.right(story.open())).toEqual({ kind: "method_unavailable" });
});

test("a reset forgives every wrong code", () => {
  const story = aStory(
    aGuardedAccount({ consecutiveWrong: 100, recoveryWrongAt: [noon], pausedUntil: noon + hour }),
  );
  story.decide((one, now) => resetAccount(one, aClient(), now));
  expect(story.account().guesses).toEqual({
    consecutiveWrong: 0,
    pausedUntil: 0,
    recoveryWrongAt: [],
    callWrongAt: [],
    wrongAt: [],
  });
});
