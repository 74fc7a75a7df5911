import { expect, test } from "vitest";
import { reserveSend } from "../../../lib/guard/send-budget.ts";
import { keyedHash } from "../../../lib/crypto/secret-key.ts";
import { aChallenge } from "../../support/challenge.ts";
import { accountId, challengeId } from "../../support/ids.ts";
import { memoryCounter } from "../../support/memory-counter.ts";
import { aPhone, codesKey } from "../../support/phones.ts";
import { context, day, minute, noon, second } from "../../support/time.ts";
import { aPhoneAccount, aWorld, type World } from "./support/world.ts";

/** Budgets on which this number had so many sends already, for other accounts. */
const spentOn = async (calls: number, sms: number, at = noon) => {
  const budgets = memoryCounter();
  const numberKeys = [keyedHash(codesKey, "number", aPhone().number)];
  for (let n = 0; n < calls + sms; n += 1) {
    const channel = n < calls ? ("call" as const) : ("sms" as const);
    const other = { accountId: accountId(`other-${n}`), addressKeys: [`${n}`] };
    const charge = { channel, isEnrolment: false, numberKeys, ...other, country: "UA", price: 1 };
    await reserveSend(budgets, charge, context(at));
  }
  return budgets;
};

test("a spent budget of calls is an SMS at once, and no carrier is asked", async () => {
  const world = aWorld(aPhoneAccount(), { budgets: await spentOn(5, 0) });
  expect(await world.request()).toBe("requested");
  expect(world.placedAt).toEqual([{ channel: "sms", second: 0 }]);
  expect(world.carrier.orders).toEqual([]);
});

test("spent budgets of calls and SMS leave no way", async () => {
  const world = aWorld(aPhoneAccount(), { budgets: await spentOn(5, 2) });
  expect(await world.request()).toBe("requested");
  await world.run(10);
  expect(world.placedAt).toEqual([]);
  expect(await world.request()).toBe("no_way_left");
  expect(world.running()).toBe(0);
});

test("what was refused is told to operators by account and budget, without number or address", async () => {
  const world = aWorld(aPhoneAccount(), { budgets: await spentOn(5, 0) });
  await world.request();
  expect(world.log).toContainEqual({
    level: "warn",
    message: "excess_rate_limit_exceeded",
    fields: { account: "ann", budget: "number" },
  });
});

test("a budget is charged before the send, also of one that does not arrive", async () => {
  const budgets = memoryCounter();
  const world = aWorld(aPhoneAccount(), { budgets });
  world.carrier.results.push({ kind: "unknown" });
  await world.request();
  const counts = [...budgets.counts].filter(([key]) => key.startsWith("account-call-half"));
  expect(counts.map(([, count]) => count)).toEqual([1]);
});

test("a counter that fails means no call: the execution goes on, and in the end nothing was sent", async () => {
  const down = { ...memoryCounter(), add: () => Promise.reject(new Error("The table is down.")) };
  const world = aWorld(aPhoneAccount(), { budgets: down });
  await world.request();
  await world.run(600);
  expect(world.placedAt).toEqual([]);
  expect(world.running()).toBe(0);
});

test("where sends are stopped by hand no carrier is asked, no SMS goes out, nothing is charged, and the page has no way by phone", async () => {
  const stops = { isStopped: (country: string) => Promise.resolve(country === "UA") };
  const world = aWorld(aPhoneAccount(), { stops });
  await world.request();
  await world.run(10);
  expect(world.placedAt).toEqual([]);
  expect(world.budgets.counts.size).toBe(0);
  expect(await world.request()).toBe("no_way_left");
  expect(world.running()).toBe(0);
  expect(world.log).toContainEqual({
    level: "warn",
    message: "excess_rate_limit_exceeded",
    fields: { account: "ann", budget: "stopped" },
  });
});

test("a stop counts from the next send on, in the middle of a fallback; another sign-in after it is called again", async () => {
  let stopped = false;
  const world = aWorld(aPhoneAccount(), { stops: { isStopped: () => Promise.resolve(stopped) } });
  await world.request();
  stopped = true;
  await world.run(600);
  expect(world.placedAt).toEqual([{ channel: "call", second: 0 }]);
  stopped = false;
  const id = challengeId("chal_later");
  const openedAt = noon + world.second() * second;
  const fresh = aChallenge({ id, openedAt, expiresAt: openedAt + 10 * minute });
  await world.decide((one) => ({ account: { ...one, challenges: [fresh] }, outcome: undefined }));
  await world.request(id);
  expect(world.placedAt).toHaveLength(2);
});

test("whoever cannot tell whether sends are stopped sends nothing", async () => {
  const stops = { isStopped: () => Promise.reject(new Error("The table is down.")) };
  const world = aWorld(aPhoneAccount(), { stops });
  await world.request();
  await world.run(600);
  expect(world.placedAt).toEqual([]);
  expect(world.running()).toBe(0);
});

/** Signs in anew, again and again, and asks for everything each time; what goes out. */
const askOn = async (world: World, minutes: number, every: number) => {
  for (let n = 0; n < minutes / every; n += 1) {
    const openedAt = noon + world.second() * second;
    const id = challengeId(`chal_${n}`);
    const fresh = aChallenge({ id, openedAt, expiresAt: openedAt + 10 * minute });
    await world.decide((one) => ({ account: { ...one, challenges: [fresh] }, outcome: undefined }));
    for (let again = 0; again < 10; again += 1) {
      await world.request(id, aPhone().id, `192.0.${n % 250}.7`).catch(() => undefined);
      await world.run((every * 60) / 10);
    }
  }
  return (from: number, to: number) => ({
    calls: world.placedAt.filter(
      ({ channel, second: at }) => channel === "call" && at >= from && at < to,
    ).length,
    sms: world.placedAt.filter(
      ({ channel, second: at }) => channel === "sms" && at >= from && at < to,
    ).length,
  });
};

test("whoever has the password rings a phone five times and sends two SMS in half an hour, over all sign-ins", async () => {
  const world = aWorld(aPhoneAccount({ challenges: [] }));
  const sent = await askOn(world, 30, 3);
  expect(sent(0, 1800)).toEqual({ calls: 5, sms: 2 });
});

test("and ten times and five in a day, from however many addresses", async () => {
  const world = aWorld(aPhoneAccount({ challenges: [] }));
  const sent = await askOn(world, 12 * 60, 20);
  const { calls, sms } = sent(0, day / 1000);
  expect(calls).toBeLessThanOrEqual(10);
  expect(sms).toBeLessThanOrEqual(5);
  expect(calls + sms).toBeGreaterThan(5);
});
