import { expect, test } from "vitest";
import { statusAt } from "../../lib/account/challenge.ts";
import { findChallenge } from "../../lib/account/challenges.ts";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aChallenge } from "../support/challenge.ts";
import { challengeId, sessionId } from "../support/ids.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";
import { aStory } from "../support/story.ts";
import { context, hour, minute, noon } from "../support/time.ts";

const ann = anAccount({ authenticators: [anAuthenticator()], epoch: 3 });

const statuses = (story: ReturnType<typeof aStory>) =>
  story.account().challenges.map((one) => [one.id, statusAt(one, story.now())]);

test("a challenge carries the epoch that it began in, and what it is for", () => {
  const story = aStory(ann);
  story.open();
  story.open(sessionId("mine"));
  expect(story.account().challenges).toMatchObject([
    { purpose: "sign_in", epoch: 3, sessionId: null, status: "pending", openedAt: noon },
    { purpose: "reauthentication", epoch: 3, sessionId: "mine", expiresAt: noon + 10 * minute },
  ]);
});

test("it lives ten minutes, to the last millisecond, whatever is asked of it", () => {
  const story = aStory(ann);
  const first = story.open();
  story.wait(10 * minute - 1);
  story.wrong(first);
  expect(statuses(story)).toEqual([[first, "pending"]]);
  story.wait(1);
  expect(statuses(story)).toEqual([[first, "expired"]]);
  expect(story.right(first)).toEqual({ kind: "closed", as: "expired" });
});

test("three may be open: one more cancels the oldest, which takes no code any more", () => {
  const story = aStory(ann);
  const ids = [1, 2, 3, 4].map(() => story.open());
  expect(statuses(story).map(([, status]) => status)).toEqual([
    "cancelled",
    "pending",
    "pending",
    "pending",
  ]);
  const [first, second] = ids.map((id) => story.right(id));
  expect(first).toEqual({ kind: "closed", as: "cancelled" });
  expect(second?.kind).toBe("completed");
});

test("those that are over take no room", () => {
  const story = aStory(ann);
  const [first, ...others] = [1, 2, 3].map(() => story.open());
  if (!first) throw new Error("There is none.");
  story.right(first);
  const next = story.open();
  expect(statuses(story)).toEqual([
    [first, "approved"],
    ...[...others, next].map((id) => [id, "pending"]),
  ]);
});

test("what became of the last three that are over can still be asked, more are not kept", () => {
  const story = aStory(ann);
  for (let n = 0; n < 15; n += 1) story.open();
  expect(story.account().challenges).toHaveLength(6);
  expect(statuses(story).map(([, status]) => status)).toEqual([
    ...["cancelled", "cancelled", "cancelled"],
    ...["pending", "pending", "pending"],
  ]);
});

test("fifteen are opened an hour by who knows the password, and it is told when the next can be", () => {
  const story = aStory(ann);
  for (let n = 0; n < 15; n += 1) {
    story.wait(minute);
    story.open();
  }
  const before = story.account();
  expect(story.tryToOpen()).toEqual({ kind: "too_many_challenges", until: noon + minute + hour });
  expect(story.account()).toBe(before);
  story.wait(46 * minute - 1);
  expect(story.tryToOpen().kind).toBe("too_many_challenges");
  story.wait(1);
  expect(story.tryToOpen().kind).toBe("second_step");
  expect(story.tryToOpen().kind).toBe("too_many_challenges");
  expect(story.account().challengesOpenedAt.sign_in).toHaveLength(15);
});

test("sign-ins of somebody who knows the password leave a live session its way to prove itself", () => {
  const story = aStory(ann);
  const mine = story.open(sessionId("mine"));
  for (let n = 0; n < 15; n += 1) story.open();
  expect(story.tryToOpen().kind).toBe("too_many_challenges");
  expect(story.right(mine).kind).toBe("completed");
  for (let n = 0; n < 14; n += 1) story.open(sessionId("mine"));
});

test("a challenge is found by its secret alone", () => {
  const account = anAccount({ challenges: [aChallenge()] });
  const id = challengeId("challenge");
  expect(findChallenge(account, id, "secret of the browser")?.id).toBe(id);
  for (const secret of ["", "secret of the browse", "secret of the browser ", "other"]) {
    expect(findChallenge(account, id, secret)).toBeUndefined();
  }
  expect(findChallenge(account, challengeId("other"), "secret of the browser")).toBeUndefined();
});

test("a challenge that no browser holds yet is found by no secret", () => {
  const account = anAccount({ challenges: [aChallenge({ secretHash: "" })] });
  expect(findChallenge(account, challengeId("challenge"), "")).toBeUndefined();
});

test("its browser sees what it can do now, and nothing else", () => {
  const view = (given: Parameters<typeof anAccount>[0]) => {
    const account = anAccount(given);
    const challenge = aChallenge({ wrongGuesses: 2, epoch: account.epoch });
    return challengeView(account, challenge, context(noon + minute));
  };
  expect(view(ann)).toEqual({
    id: "challenge",
    purpose: "sign_in",
    status: "pending",
    expiresAt: "2026-11-24T12:10:00.000Z",
    attemptsLeft: 3,
    account: { email: "ann@example.com" },
    methods: { totp: { digits: 6 } },
  });
  const recoveryCodes = recoveryCodesOf("00000-00000", "11111-11111");
  expect(view({ ...ann, recoveryCodes }).methods).toEqual({
    totp: { digits: 6 },
    recoveryCode: { left: 2 },
  });
  expect(view({ ...ann, recoveryCodes: { ...recoveryCodes, left: [] } }).methods).toEqual({
    totp: { digits: 6 },
  });
  // Recovery codes are no way in by themselves.
  expect(view({ recoveryCodes }).methods).toEqual({});
});
