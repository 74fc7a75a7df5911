import { expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import { answerPhoneCode, type PhoneAnswerOutcome } from "../../lib/phone/answer-phone-code.ts";
import { requestCall } from "../../lib/phone/request-call.ts";
import { callCode, smsCode } from "../../lib/phone/fallback/codes.ts";
import { recordAttempt } from "../../lib/phone/fallback/record-attempt.ts";
import { takeAttempt } from "../../lib/phone/fallback/take-attempt.ts";
import type { ChallengeId } from "../../lib/account/ids.ts";
import { noGuesses } from "../../lib/account/guesses.ts";
import { aPhoneAccount, aWorld, otherThan } from "./fallback/support/world.ts";
import { anAnswer } from "../support/challenge.ts";
import { challengeId } from "../support/ids.ts";
import { aPhone, codeKeys, codesKey } from "../support/phones.ts";
import { aStory, type Story } from "../support/story.ts";
import { day, hour, minute, noon, second } from "../support/time.ts";

const spent = (times: readonly number[]) =>
  aPhoneAccount({ guesses: { ...noGuesses, callWrongAt: times } });

const fiveWrong = [1, 2, 3, 4, 5].map((n) => noon - n * hour).reverse();

test("the fifth wrong code of a call in any 24 h switches calls off: the fallback goes straight to SMS", async () => {
  const world = aWorld(spent(fiveWrong.slice(1)));
  await world.request();
  expect(world.placedAt).toEqual([{ channel: "call", second: 0 }]);
  expect(await world.answer(otherThan(world.heard()))).toMatchObject({ kind: "wrong_code" });
  await world.run(20);
  expect(await world.request()).toBe("requested");
  await world.run(1);
  expect(world.placedAt.at(-1)).toEqual({ channel: "sms", second: 20 });
  expect(await world.answer(world.read())).toMatchObject({
    kind: "completed",
    completion: { method: "sms" },
  });
});

test("with calls off, the first attempt is an SMS", async () => {
  const world = aWorld(spent(fiveWrong));
  expect(await world.request()).toBe("requested");
  await world.run(300);
  expect(world.placedAt).toEqual([{ channel: "sms", second: 0 }]);
  expect(world.carrier.orders).toEqual([]);
});

test("with calls off, codes of calls are refused unread, the right one exactly like a wrong one", async () => {
  const world = aWorld(spent(fiveWrong.slice(1)));
  await world.request();
  const right = world.heard();
  await world.answer(otherThan(right));
  const before = await world.account();
  const until = fiveWrong[1] === undefined ? 0 : fiveWrong[1] + day;
  expect(await world.answer(right)).toEqual({ kind: "paused", until });
  expect(await world.answer(otherThan(right))).toEqual({ kind: "paused", until });
  expect(await world.account()).toEqual(before);
});

test("calls come back when the fifth last wrong code is a day old, not a millisecond earlier", async () => {
  const [oldest = 0] = fiveWrong;
  const back = (oldest + day - noon) / second;
  for (const [wait, channel] of [
    [back - 0.001, "sms"],
    [back, "call"],
  ] as const) {
    const world = aWorld({ ...spent(fiveWrong), challenges: [] });
    await world.run(wait);
    const [challenge] = aPhoneAccount().challenges;
    if (!challenge) throw new Error("No challenge.");
    const openedAt = noon + wait * second;
    const open = { ...challenge, openedAt, expiresAt: openedAt + 10 * minute };
    await world.decide((one) => ({ account: { ...one, challenges: [open] }, outcome: undefined }));
    await world.request();
    expect(world.placedAt[0]?.channel).toBe(channel);
  }
});

/** A call that goes out at once, as the state machine would have it. */
const ring = (story: Story, id: ChallengeId) => {
  const requested = story.decide((one, now) =>
    requestCall(one, { challengeId: id, phoneId: aPhone().id, ip: "192.0.2.7" }, now),
  );
  if (requested.kind !== "requested") return requested.kind;
  const task = { ownerId: id, channel: "call", execution: `${id}-1` } as const;
  const taken = story.decide((one, now) => takeAttempt(one, task, now));
  if (taken.kind !== "send") return taken.kind;
  const { n } = taken.send;
  const result = {
    kind: "placed",
    carrier: "acme",
    reference: id,
    code: { kind: "derived" },
  } as const;
  story.decide((one, now) => recordAttempt(one, { ownerId: id, n, result }, now));
  return "placed";
};

const guess = (story: Story, id: ChallengeId, code: string): PhoneAnswerOutcome =>
  story.decide((one, now) =>
    answerPhoneCode(one, { ...anAnswer({ challengeId: id }), code, codeKeys }, now),
  );

test("all 10,000 codes tried over many sign-ins: five are evaluated in 24 h", () => {
  const story = aStory(aPhoneAccount({ challenges: [] }));
  const evaluated: number[] = [];
  let [attempt, tried] = [0, 0];
  while (tried < 10_000 && story.now() < noon + day) {
    // As fast as the limits on sign-ins let them, and waiting out every pause.
    const opened = story.tryToOpen();
    if (opened.kind === "too_many_challenges") {
      story.wait(Math.min(opened.until, noon + day) - story.now());
      continue;
    }
    const { id } = opened.challenge;
    if (ring(story, id) === "placed") attempt += 1;
    const right = callCode(codesKey, id, 1);
    for (let n = 0; n < 200 && tried < 10_000; n += 1) {
      tried += 1;
      const code = String(tried % 10_000).padStart(4, "0");
      const { kind } = guess(story, id, code === right ? otherThan(right) : code);
      if (kind === "wrong_code" || kind === "completed") evaluated.push(story.now());
    }
    story.wait(minute);
  }
  expect(tried).toBe(10_000);
  expect(evaluated).toHaveLength(5);
  expect(attempt).toBeLessThanOrEqual(5);
});

test("over four weeks no 24 h have more than five wrong codes of calls", () => {
  const story = aStory(aPhoneAccount({ challenges: [] }));
  const wrong: number[] = [];
  for (let n = 0; story.now() < noon + 28 * day; n += 1) {
    story.wait(((n * 7919) % 50) * minute);
    const opened = story.tryToOpen();
    if (opened.kind !== "second_step") continue;
    const { id } = opened.challenge;
    ring(story, id);
    for (let again = 0; again < 5; again += 1) {
      const { kind } = guess(story, id, otherThan(callCode(codesKey, id, 1)));
      if (kind === "wrong_code") wrong.push(story.now());
    }
    // Somebody else of the account signs in: a success does not lower the day's count.
    if (n % 3 === 0) {
      const other = story.tryToOpen();
      if (other.kind === "second_step") story.right(other.challenge.id);
    }
  }
  expect(wrong.length).toBeGreaterThan(100);
  wrong.forEach((at, n) => {
    const fifthBefore = wrong[n - 5];
    if (fifthBefore !== undefined) expect(at - fifthBefore).toBeGreaterThanOrEqual(day);
  });
});

test("five wrong codes of SMS lock the challenge, and calls stay on", async () => {
  const world = aWorld(aPhoneAccount({ phones: [aPhone()] }));
  await world.request();
  await world.run(130);
  expect(world.placedAt.at(-1)?.channel).toBe("sms");
  const right = smsCode(codesKey, challengeId("challenge"));
  const kinds: string[] = [];
  for (let n = 0; n < 6; n += 1) kinds.push((await world.answer(otherThan(right))).kind);
  expect(kinds).toEqual([...Array.from({ length: 5 }, () => "wrong_code"), "closed"]);
  expect((await world.account()).guesses.callWrongAt).toEqual([]);
  expect(await world.answer(right)).toEqual({ kind: "closed", as: "locked" });
});

test("with all codes off, no call is made", async () => {
  const world = aWorld(aPhoneAccount({ guesses: { ...noGuesses, consecutiveWrong: 100 } }));
  expect(await world.request()).toBe("method_unavailable");
  await world.run(300);
  expect(world.placedAt).toEqual([]);
});

test("a burst of guesses at one call's code is charged one by one, and five are read", async () => {
  const world = aWorld();
  await world.request();
  const right = world.heard();
  const kinds = await Promise.allSettled(
    Array.from({ length: 40 }, () => world.answer(otherThan(right))),
  );
  const read = kinds.filter((one) => one.status === "fulfilled" && one.value.kind === "wrong_code");
  expect(read.length).toBeLessThanOrEqual(5);
  const { guesses } = await world.account();
  expect(guesses.callWrongAt).toHaveLength(guesses.consecutiveWrong);
  expect(guesses.consecutiveWrong).toBe(read.length);
});

test("calls that rest after five wrong codes are noted in the recent activity, once", async () => {
  const world = aWorld(aPhoneAccount());
  await world.request();
  for (let n = 0; n < 5; n += 1) await world.answer(otherThan(world.heard()));
  const events = recentActivity(await world.account()).map(({ event }) => event);
  expect(events.filter((event) => event === "calls_off")).toHaveLength(1);
});
