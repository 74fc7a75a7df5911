import { describe, expect, test } from "vitest";
import { noteOrder } from "../../../lib/phone/fallback/note-order.ts";
import { takeAttempt } from "../../../lib/phone/fallback/take-attempt.ts";
import { aChallenge } from "../../support/challenge.ts";
import { challengeId } from "../../support/ids.ts";
import { aFallback, aSend, codesKey } from "../../support/phones.ts";
import { callCode } from "../../../lib/phone/fallback/codes.ts";
import { noon, second } from "../../support/time.ts";
import { aPhoneAccount, aWorld } from "./support/world.ts";

const id = challengeId("challenge");
const payload = (execution: string) => ({
  task: "send",
  execution,
  accountId: "ann",
  ownerId: "challenge",
});
const over = { step: "over" };
const asked = aSend({ state: "requested", reference: null, carrier: null });
const withFallback = (fallback: Parameters<typeof aFallback>[0]) =>
  aPhoneAccount({ challenges: [aChallenge({ fallback: aFallback(fallback) })] });

test("a task that is run twice of one execution places one call", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  await world.tasks.DispatchCall(payload("a"));
  const before = await world.account();
  await world.tasks.DispatchCall(payload("a"));
  await world.run(30);
  await world.tasks.DispatchCall(payload("a"));
  expect(world.placedAt).toEqual([{ channel: "call", second: 0 }]);
  expect(await world.account()).toEqual(before);
});

test("a task that is run 20 times at once of one execution places one call", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  await Promise.allSettled(
    Array.from({ length: 20 }, () => world.tasks.DispatchCall(payload("a"))),
  );
  expect(world.placedAt).toHaveLength(1);
  const [challenge] = (await world.account()).challenges;
  expect(challenge?.fallback?.sends).toHaveLength(1);
});

test("20 tasks at once of executions of their own place one call, and the others end", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => world.tasks.DispatchCall(payload(`task ${n}`))),
  );
  expect(world.placedAt).toHaveLength(1);
});

test("a task that broke off after its order was noted does not call again; its code is good, and the next call comes in its time", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  const [execution, n] = ["broke off", 1];
  const task = { ownerId: id, channel: "call", execution } as const;
  const claimed = await world.decide((one, now) => takeAttempt(one, task, now));
  expect(claimed).toMatchObject({ kind: "send", ordered: false });
  const code = { kind: "derived", by: codesKey.id } as const;
  const order = { ownerId: id, n, execution, carrier: "acme", instead: null, code };
  expect(await world.decide((one, now) => noteOrder(one, order, now))).toBe("noted");
  await world.tasks.DispatchCall(payload("broke off"));
  await world.tasks.DispatchCall(payload("a second execution"));
  expect(world.placedAt).toEqual([]);
  await world.run(39);
  await world.tasks.DispatchCall(payload("broke off"));
  expect(world.placedAt).toEqual([]);
  await world.run(1);
  await world.tasks.DispatchCall(payload("broke off"));
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
    const { DispatchCall, SendSms } = world.tasks;
    expect(await DispatchCall({ ...payload("lost"), accountId: "nobody" })).toMatchObject(over);
    expect(await SendSms({ ...payload("lost too"), ownerId: "unknown" })).toMatchObject(over);
    expect(world.placedAt).toEqual([]);
  });

  test("that listens for an account or a challenge that nobody knows ends its execution", async () => {
    const world = aWorld();
    const listening = { ...payload("lost"), task: "listen", taskToken: "t" };
    await world.tasks.SendSms({ ...listening, accountId: "nobody" });
    await world.tasks.DispatchCall({ ...listening, taskToken: "u", ownerId: "unknown" });
    expect(world.asked).toEqual([
      { what: "goOn", by: "t" },
      { what: "goOn", by: "u" },
    ]);
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
    const listens = { step: "listen_call", listenSeconds: 11 };
    expect(await world.tasks.DispatchCall(payload("early"))).toMatchObject(listens);
    expect(await world.tasks.SendSms(payload("early as well"))).toMatchObject(listens);
    expect(world.placedAt).toEqual([]);
  });

  test("for calls when SMS have begun goes past the calls", async () => {
    const sends = [aSend({ channel: "sms", carrier: "sns", state: "failed" })];
    const world = aWorld(withFallback({ sends }));
    await world.run(60);
    expect(await world.tasks.DispatchCall(payload("late"))).toMatchObject({ step: "sms" });
    expect(world.placedAt).toEqual([]);
  });

  test("for an SMS sends none where a call was asked for: it goes to the call", async () => {
    const sends = [aSend(), aSend({ n: 2, state: "requested", at: noon + 20 * second })];
    const world = aWorld(withFallback({ sends }));
    await world.run(21);
    expect(await world.tasks.SendSms(payload("sms"))).toMatchObject({ step: "call" });
    expect(world.placedAt).toEqual([]);
  });

  test("when no way is left ends its execution", async () => {
    const sends = [aSend({ channel: "sms" }), aSend({ n: 2, channel: "sms" })];
    const world = aWorld(withFallback({ sends }));
    await world.run(180);
    expect(await world.tasks.SendSms(payload("one too many"))).toMatchObject(over);
  });
});

test("with two executions at once, no phone rings more often nor faster than with one", async () => {
  const world = aWorld();
  await world.request();
  await world.run(7);
  await world.machine.start((await world.account()).id, id, 99, {
    kind: "send",
    channel: "call",
    waitSeconds: 0,
  });
  await world.run(500);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "call", "call", "sms"]);
  const times = world.placedAt.map((one) => one.second);
  times.slice(1).forEach((at, n) => {
    expect(at - (times[n] ?? 0)).toBeGreaterThanOrEqual(20);
  });
  expect(world.running()).toBe(0);
});
