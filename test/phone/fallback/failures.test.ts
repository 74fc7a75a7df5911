import { describe, expect, test } from "vitest";
import type { CallResult, RefusedCall } from "../../../lib/phone/carriers/carrier.ts";
import type { RefusedSms } from "../../../lib/phone/sms/sms.ts";
import { aPhone } from "../../support/phones.ts";
import { aCarrier } from "./support/carriers.ts";
import { aPhoneAccount, aWorld } from "./support/world.ts";

const refused = (reason: RefusedCall): CallResult => ({ kind: "refused", reason });
const vias = ({ placedAt }: ReturnType<typeof aWorld>) => placedAt.map(({ channel }) => channel);

test.each(["rejected", "no_money", "country", "number"] as const)(
  "refused by every carrier (%s), the call is an SMS at once",
  async (reason) => {
    const carriers = [aCarrier("we_choose", "one"), aCarrier("carrier_tells", "two")];
    for (const { results } of carriers) results.push(refused(reason));
    const world = aWorld(aPhoneAccount(), { carriers });
    expect(await world.request()).toBe("requested");
    expect(world.placedAt.at(-1)).toEqual({ channel: "sms", second: 0 });
    expect((await world.answer(world.read())).kind).toBe("completed");
  },
);

test("without any carrier the fallback begins with an SMS", async () => {
  const world = aWorld(aPhoneAccount(), { carriers: [] });
  await world.request();
  expect(world.placedAt).toEqual([{ channel: "sms", second: 0 }]);
});

test("refused by every carrier, and to a landline, no way is left", async () => {
  const world = aWorld(aPhoneAccount({ phones: [aPhone({ takesSms: false })] }));
  world.carrier.results.push(refused("rejected"));
  await world.request();
  await world.run(60);
  expect(vias(world)).toEqual(["call"]);
  expect(await world.request()).toBe("no_way_left");
  expect(world.running()).toBe(0);
});

test("called too often, the next attempt comes a second later, and the SMS after three", async () => {
  const world = aWorld();
  for (let n = 0; n < 3; n += 1) world.carrier.results.push(refused("too_often"));
  await world.request();
  await world.run(10);
  expect(world.placedAt).toEqual([
    { channel: "call", second: 0 },
    { channel: "call", second: 1 },
    { channel: "call", second: 2 },
    { channel: "sms", second: 2 },
  ]);
});

test("the second carrier calls where the first one refuses, and its kind of code counts", async () => {
  const carriers = [aCarrier("we_choose", "one"), aCarrier("carrier_tells", "two")];
  carriers[0]?.results.push(refused("no_money"));
  const world = aWorld(aPhoneAccount(), { carriers });
  await world.request();
  const [order] = carriers[1]?.orders ?? [];
  if (!order) throw new Error("No call.");
  expect((await world.answer(carriers[1]?.codeOf(order) ?? "")).kind).toBe("completed");
});

test("a carrier is asked 2 s and 6 s after a call; one that says it failed is followed by the next a second later", async () => {
  const world = aWorld();
  world.carrier.statuses.push("under_way", "failed");
  await world.request();
  await world.run(7);
  expect(world.placedAt).toEqual([
    { channel: "call", second: 0 },
    { channel: "call", second: 7 },
  ]);
});

test("three calls that failed at once are followed by the SMS within seconds", async () => {
  const world = aWorld();
  world.carrier.statuses.push("failed", "failed", "failed");
  await world.request();
  await world.run(8);
  expect(world.placedAt.map(({ second }) => second)).toEqual([0, 3, 6, 8]);
  expect(vias(world)).toEqual(["call", "call", "call", "sms"]);
});

test.each(["delivered", "under_way", "unknown"] as const)(
  "a call that is %s has its whole time",
  async (status) => {
    const world = aWorld();
    world.carrier.statuses.push(status);
    await world.request();
    await world.run(39);
    expect(world.placedAt).toEqual([{ channel: "call", second: 0 }]);
  },
);

describe("a call of which nobody knows whether it rang", () => {
  test("is not placed again, has its whole time, and its code is good", async () => {
    const carriers = [aCarrier("we_choose", "one"), aCarrier("we_choose", "two")];
    carriers[0]?.results.push({ kind: "unknown" });
    const world = aWorld(aPhoneAccount(), { carriers });
    await world.request();
    await world.run(39);
    expect(vias(world)).toEqual(["call"]);
    expect(carriers[1]?.orders).toEqual([]);
    expect((await world.answer(world.heard())).kind).toBe("completed");
  });

  test("is followed by the next one in its time", async () => {
    const world = aWorld();
    world.carrier.results.push({ kind: "unknown" });
    await world.request();
    await world.run(41);
    expect(world.carrier.orders.map(({ sendId }) => sendId)).toEqual([
      "challenge#1",
      "challenge#2",
    ]);
  });
});

describe("an SMS that SNS refuses", () => {
  const anSms = async (reason: RefusedSms) => {
    const world = aWorld(aPhoneAccount(), { carriers: [] });
    world.sms.results.push({ kind: "refused", reason });
    await world.request();
    await world.run(10);
    return world;
  };

  test.each(["spend_limit", "sandbox", "opted_out", "number", "rejected"] as const)(
    "for %s switches SMS off: no way is left, and an operator is told",
    async (reason) => {
      const world = await anSms(reason);
      expect(vias(world)).toEqual(["sms"]);
      expect(await world.request()).toBe("no_way_left");
      expect(world.running()).toBe(0);
      expect(world.log).toContainEqual({
        level: "error",
        message: "sms_refused",
        fields: { account: "ann", reason },
      });
    },
  );

  test("for a throttle is the same SMS again, with back-off, until it goes out", async () => {
    const world = aWorld(aPhoneAccount(), { carriers: [] });
    const throttled = { kind: "refused", reason: "throttled" } as const;
    world.sms.results.push(throttled, throttled, throttled);
    await world.request();
    await world.run(10);
    expect(world.placedAt).toEqual([{ channel: "sms", second: 7 }]);
    expect(new Set(world.sms.orders.map(({ text }) => text)).size).toBe(1);
    expect((await world.account()).challenges[0]?.fallback?.sends.at(-1)?.n).toBe(2);
    expect((await world.answer(world.read())).kind).toBe("completed");
  });
});

test("an SMS that got no answer is not sent again by itself; asked for again, it is the same code", async () => {
  const world = aWorld(aPhoneAccount(), { carriers: [] });
  world.sms.results.push({ kind: "unknown" });
  await world.request();
  const first = world.read();
  await world.run(60);
  expect(vias(world)).toEqual(["sms"]);
  expect(await world.request()).toBe("requested");
  await world.run(1);
  expect(vias(world)).toEqual(["sms", "sms"]);
  expect(world.read()).toBe(first);
  expect((await world.answer(first)).kind).toBe("completed");
});

test("the text of an SMS ends with the line that browsers fill in", async () => {
  const world = aWorld(aPhoneAccount({ locale: "uk" }), { carriers: [] });
  await world.request();
  expect(world.sms.orders[0]?.text).toMatch(
    /^(\d{6}) - ваш код Twostep\. .*\n\n@panel\.example\.com #\1$/,
  );
});
