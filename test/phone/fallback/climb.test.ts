import { expect, test } from "vitest";
import { challengeView } from "../../../lib/whole-account/challenge-view.ts";
import { aChallenge } from "../../support/challenge.ts";
import { challengeId, phoneId } from "../../support/ids.ts";
import { aNumber, aPhone } from "../../support/phones.ts";
import { context, noon, second } from "../../support/time.ts";
import { aPhoneAccount, aWorld, type World } from "./support/world.ts";

const asShown = async (world: World) => {
  const account = await world.account();
  const [challenge = aChallenge()] = account.challenges;
  return challengeView(account, challenge, context(noon + world.second() * second)).methods.phone
    ?.sent;
};

/** What the page is told comes next: which, and in how many seconds from noon. */
const next = async (world: World) => {
  const sent = await asShown(world);
  return sent?.next && [sent.next.via, (Date.parse(sent.next.availableAt) - noon) / second];
};

test("by itself, the fallback calls three times 40 s apart, sends one SMS, and then is still", async () => {
  const world = aWorld();
  expect(await world.request()).toBe("requested");
  await world.run(3600);
  expect(world.placedAt).toEqual([
    { channel: "call", second: 0 },
    { channel: "call", second: 40 },
    { channel: "call", second: 80 },
    { channel: "sms", second: 120 },
  ]);
  expect(world.running()).toBe(0);
});

test("nothing is called before somebody asks, and each call is its own to the carrier", async () => {
  const world = aWorld();
  await world.run(300);
  expect(world.placedAt).toEqual([]);
  await world.request();
  await world.run(200);
  expect(world.carrier.orders.map(({ sendId }) => sendId)).toEqual([
    "challenge#1",
    "challenge#2",
    "challenge#3",
  ]);
  expect(new Set(world.carrier.orders.map(({ number }) => number))).toEqual(
    new Set([aPhone().number]),
  );
});

test("asked for, the next call comes 20 s after the last, the SMS after three, another after 60 s, then nothing is left", async () => {
  const world = aWorld();
  const waits: [number, string][] = [
    [20, "call"],
    [20, "call"],
    [20, "sms"],
    [60, "sms"],
  ];
  expect(await world.request()).toBe("requested");
  for (const [seconds, channel] of waits) {
    const due = (world.placedAt.at(-1)?.second ?? 0) + seconds;
    expect(await next(world)).toEqual([channel, due]);
    await world.run(due - world.second() - 0.5);
    expect(await world.request()).toBe("too_early");
    await world.run(0.5);
    expect(await world.request()).toBe("requested");
    await world.run(1);
    expect(world.placedAt.at(-1)?.channel).toBe(channel);
  }
  expect(world.placedAt.map(({ channel }) => channel)).toEqual([
    "call",
    "call",
    "call",
    "sms",
    "sms",
  ]);
  expect(await next(world)).toBeNull();
  for (const seconds of [0, 20, 60, 180]) {
    await world.run(seconds);
    expect(await world.request()).toBe("no_way_left");
  }
  expect(world.placedAt).toHaveLength(5);
});

test("the page is told which number, which attempt, how many digits, and what comes next", async () => {
  const world = aWorld();
  expect(await asShown(world)).toBeNull();
  await world.request();
  expect(await asShown(world)).toEqual({
    numberId: aPhone().id,
    via: "call",
    state: "sent",
    attempt: 1,
    digits: 4,
    next: { via: "call", availableAt: "2026-11-24T12:00:20.000Z" },
  });
  await world.run(120);
  expect(await asShown(world)).toEqual({
    numberId: aPhone().id,
    via: "sms",
    state: "sent",
    attempt: 1,
    digits: 6,
    next: { via: "sms", availableAt: "2026-11-24T12:03:00.000Z" },
  });
});

test("of 40 requests at once one makes a call, the first as well as the next", async () => {
  const world = aWorld();
  const all = () => Promise.all(Array.from({ length: 40 }, () => world.request()));
  const count = (kinds: readonly string[]) => kinds.filter((kind) => kind === "requested").length;
  expect(count(await all())).toBe(1);
  await world.run(5);
  expect(world.placedAt).toHaveLength(1);
  await world.run(15);
  expect(count(await all())).toBe(1);
  await world.run(5);
  expect(world.placedAt).toHaveLength(2);
  expect(world.started()).toHaveLength(1);
});

test("choosing numbers in turn gives no more calls, and no SMS before its turn", async () => {
  const other = aPhone({ id: phoneId("phone_other"), number: aNumber("+380501234543") });
  const world = aWorld(aPhoneAccount({ phones: [aPhone(), other] }));
  const id = challengeId("challenge");
  const ids = [aPhone().id, other.id];
  await world.request(id, ids[0]);
  expect(await world.request(id, ids[1])).toBe("too_early");
  for (let n = 1; n <= 40; n += 1) {
    await world.run(30);
    await world.request(id, ids[n % 2]);
  }
  expect(world.placedAt.map(({ channel }) => channel)).toEqual([
    "call",
    "call",
    "call",
    "sms",
    "sms",
  ]);
  expect(world.carrier.orders.map(({ number }) => number)).toEqual([
    aPhone().number,
    other.number,
    aPhone().number,
  ]);
});

test("a number that is not the account's own, and one that is not confirmed, is not called", async () => {
  const world = aWorld();
  expect(await world.request(challengeId("challenge"), phoneId("phone_stranger"))).toBe(
    "not_found",
  );
  await world.run(60);
  expect(world.placedAt).toEqual([]);
});

test("a landline is called three times, and then no way is left", async () => {
  const world = aWorld(aPhoneAccount({ phones: [aPhone({ takesSms: false })] }));
  await world.request();
  await world.run(500);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "call", "call"]);
  expect(await world.request()).toBe("no_way_left");
  expect(world.running()).toBe(0);
});
