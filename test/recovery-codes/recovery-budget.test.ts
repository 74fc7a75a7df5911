import { expect, test } from "vitest";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { hashOf, recoveryCodesOf } from "../support/recovery-codes.ts";
import { aStory, type Story } from "../support/story.ts";
import { context, day, hour, minute, noon, second } from "../support/time.ts";
import { aGuardedAccount, wrongRecoveryCode } from "../challenge/guarded-account.ts";

/** What the browser of the newest challenge sees. */
const methodsOf = (story: Story) => {
  const challenge = story.account().challenges.at(-1);
  if (!challenge) throw new Error("There is no challenge.");
  return challengeView(story.account(), challenge, context(story.now())).methods;
};

/** Five wrong ones, an hour between them; what success forgives is forgiven, so that no pause hides the window. */
const fiveWrong = () => {
  const story = aStory(
    aGuardedAccount({ recoveryWrongAt: [0, 1, 2, 3, 4].map((n) => noon + n * hour) }),
  );
  story.wait(4 * hour);
  return story;
};

test("five wrong recovery codes in 24 h, over any number of challenges, put them off; codes go on", () => {
  const story = aStory(aGuardedAccount());
  for (let n = 0; n < 4; n += 1) story.recoveryCode(story.open(), wrongRecoveryCode);
  story.right(story.open());
  story.recoveryCode(story.open(), wrongRecoveryCode);
  const challenge = story.open();
  const off = { kind: "paused", until: noon + day };
  expect(story.recoveryCode(challenge, "00000-00000")).toEqual(off);
  expect(story.recoveryCode(challenge, wrongRecoveryCode)).toEqual(off);
  expect(methodsOf(story)).toEqual({ totp: { digits: 6 } });
  story.wait(30 * second);
  expect(story.right(challenge).kind).toBe("completed");
});

test("success clears the run, not the day", () => {
  const story = fiveWrong();
  expect(story.right(story.open()).kind).toBe("completed");
  expect(story.recoveryCode(story.open(), "00000-00000").kind).toBe("paused");
});

test("recovery codes come back when the first of the five is 24 h old, for as many guesses as it was one", () => {
  const story = fiveWrong();
  story.wait(20 * hour - 1);
  expect(story.recoveryCode(story.open(), wrongRecoveryCode)).toEqual({
    kind: "paused",
    until: noon + day,
  });
  story.wait(1);
  const challenge = story.open();
  expect(story.recoveryCode(challenge, wrongRecoveryCode).kind).toBe("wrong_code");
  expect(story.recoveryCode(challenge, "00000-00000")).toEqual({
    kind: "paused",
    until: noon + day + hour,
  });
});

test("in no 24 hours are more than five recovery codes looked at", () => {
  const story = aStory(aGuardedAccount());
  const looked: number[] = [];
  for (let n = 0; n < 24 * 6 * 4; n += 1) {
    story.wait(10 * minute);
    const opened = story.tryToOpen();
    if (opened.kind !== "second_step") continue;
    const { kind } = story.recoveryCode(opened.challenge.id, wrongRecoveryCode);
    if (kind === "wrong_code") looked.push(story.now());
  }
  expect(looked.length).toBeGreaterThan(15);
  for (const first of looked) {
    expect(looked.filter((time) => time >= first && time < first + day).length).toBeLessThanOrEqual(
      5,
    );
  }
});

test("a wrong recovery code counts in the account's run, too", () => {
  const story = aStory(aGuardedAccount({ consecutiveWrong: 4 }));
  const challenge = story.open();
  story.recoveryCode(challenge, wrongRecoveryCode);
  expect(story.right(challenge)).toEqual({ kind: "paused", until: noon + 30 * second });
});

test("where no recovery codes are left they are no way in, and guessing at them costs nothing", () => {
  const story = aStory({
    ...aGuardedAccount(),
    recoveryCodes: { ...recoveryCodesOf(), used: [hashOf("00000-00000")] },
  });
  const challenge = story.open();
  const before = story.account();
  expect(story.recoveryCode(challenge, wrongRecoveryCode)).toEqual({
    kind: "method_unavailable",
  });
  expect(story.account()).toBe(before);
});
