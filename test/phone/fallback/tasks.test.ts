import { describe, expect, test } from "vitest";
import { takeAttempt } from "../../../lib/phone/fallback/take-attempt.ts";
import { aChallenge } from "../../support/challenge.ts";
import { challengeId } from "../../support/ids.ts";
import { aFallback, aSend, codesKey } from "../../support/phones.ts";
import { callCode } from "../../../lib/phone/fallback/codes.ts";
import { noon, second } from "../../support/time.ts";
import { aPhoneAccount, aWorld } from "./support/world.ts";

const id = challengeId("challenge");
const payload = (taskToken: string) => ({ taskToken, accountId: "ann", ownerId: "challenge" });
const asked = aSend({ state: "requested", reference: null, carrier: null });
const withFallback = (fallback: Parameters<typeof aFallback>[0]) =>
  aPhoneAccount({ challenges: [aChallenge({ fallback: aFallback(fallback) })] });

test("a task that is run twice with one token places one call", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  await world.tasks.DispatchCall(payload("a"));
  const before = await world.account();
  await world.tasks.DispatchCall(payload("a"));
  await world.run(60);
  await world.tasks.DispatchCall(payload("a"));
  expect(world.placedAt).toEqual([{ channel: "call", second: 0 }]);
  expect(await world.account()).toEqual(before);
});

test("a task that is run 20 times at once with one token places one call", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  await Promise.allSettled(
    Array.from({ length: 20 }, () => world.tasks.DispatchCall(payload("a"))),
  );
  expect(world.placedAt).toHaveLength(1);
  const [challenge] = (await world.account()).challenges;
  expect(challenge?.fallback?.sends).toHaveLength(1);
});

test("20 tasks at once with tokens of their own place one call, and wait", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => world.tasks.DispatchCall(payload(`task ${n}`))),
  );
  expect(world.placedAt).toHaveLength(1);
  expect(world.asked.filter(({ what }) => what === "end")).toEqual([]);
});

test("a task that broke off after its claim does not call again; its code is good, and the next call comes in its time", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  const task = { ownerId: id, channel: "call", token: "broke off" } as const;
  const claimed = await world.decide((one, now) => takeAttempt(one, task, now));
  expect(claimed).toMatchObject({ kind: "place", again: false });
  await world.tasks.DispatchCall(payload("broke off"));
  await world.tasks.DispatchCall(payload("a retry of another token"));
  expect(world.placedAt).toEqual([]);
  await world.run(29);
  await world.tasks.DispatchCall(payload("a second execution"));
  expect(world.placedAt).toEqual([]);
  await world.run(1);
  await world.tasks.DispatchCall(payload("the next"));
  expect(world.carrier.orders.map(({ sendId }) => sendId)).toEqual(["challenge#2"]);
  expect((await world.answer(callCode(codesKey, id, 1))).kind).toBe("completed");
});

test("a function that fails before its claim is tried again by the state machine, and calls once", async () => {
  const world = aWorld();
  const { accounts: store } = world.services;
  const load = store.load.bind(store);
  let loads = 0;
  Object.assign(store, {
    load: (id: Parameters<typeof load>[0]) => {
      loads += 1;
      return loads > 1 && loads < 4 ? Promise.reject(new Error("throttled")) : load(id);
    },
  });
  await world.request();
  await world.run(10);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call"]);
});

describe("a stray task", () => {
  test("for an account or a challenge that nobody knows ends its execution", async () => {
    const world = aWorld();
    await world.tasks.DispatchCall({ ...payload("lost"), accountId: "nobody" });
    await world.tasks.SendSms({ ...payload("lost too"), ownerId: "unknown" });
    expect(world.asked).toEqual([
      { what: "end", by: "lost" },
      { what: "end", by: "lost too" },
    ]);
    expect(world.placedAt).toEqual([]);
  });

  test("without good ids is a fault, before anything is read", async () => {
    const world = aWorld();
    for (const bad of [{}, null, { ...payload("t"), accountId: "a#b" }, { accountId: "ann" }]) {
      await expect(world.tasks.DispatchCall(bad)).rejects.toThrow();
      await expect(world.tasks.SendSms(bad)).rejects.toThrow();
    }
    expect(world.asked).toEqual([]);
  });

  test("that is early places nothing and waits for its turn", async () => {
    const world = aWorld(withFallback({ sends: [aSend()], token: "first" }));
    await world.run(29);
    await world.tasks.DispatchCall(payload("early"));
    await world.tasks.SendSms(payload("early as well"));
    expect(world.placedAt).toEqual([]);
  });

  test("for calls when SMS have begun goes past the calls", async () => {
    const sends = [aSend({ channel: "sms", carrier: "sns" })];
    const world = aWorld(withFallback({ sends }));
    await world.run(60);
    await world.tasks.DispatchCall(payload("late"));
    expect(world.asked).toEqual([{ what: "move", by: "late" }]);
    expect(world.placedAt).toEqual([]);
  });

  test("for an SMS sends it at once where a call was asked for: calls have had their turn", async () => {
    const sends = [aSend(), aSend({ n: 2, state: "requested", at: noon + 20 * second })];
    const world = aWorld(withFallback({ sends }));
    await world.run(21);
    await world.tasks.SendSms(payload("sms"));
    await world.tasks.DispatchCall(payload("a late call"));
    expect(world.placedAt).toEqual([{ channel: "sms", second: 21 }]);
    await world.run(20);
    await world.request();
    expect(world.placedAt.filter(({ channel }) => channel === "call")).toEqual([]);
  });

  test("when no way is left ends its execution", async () => {
    const sends = [aSend({ channel: "sms" }), aSend({ n: 2, channel: "sms" })];
    const world = aWorld(withFallback({ sends }));
    await world.run(180);
    await world.tasks.SendSms(payload("one too many"));
    expect(world.asked).toEqual([{ what: "end", by: "one too many" }]);
  });
});

test("with two executions at once, no phone rings more often nor faster than with one", async () => {
  const world = aWorld();
  await world.request();
  await world.run(7);
  await world.machine.start((await world.account()).id, id, 99);
  await world.run(500);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "call", "call", "sms"]);
  const times = world.placedAt.map((one) => one.second);
  times.slice(1).forEach((at, n) => {
    expect(at - (times[n] ?? 0)).toBeGreaterThanOrEqual(20);
  });
  expect(world.running()).toBe(0);
});
