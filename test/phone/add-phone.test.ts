import { describe, expect, test } from "vitest";
import { addPhone, callEnrolment } from "../../lib/phone/add-phone.ts";
import { aWorld, aPhoneAccount, type World } from "./fallback/support/world.ts";
import { anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { phoneId } from "../support/ids.ts";
import { aNumber, aPhone } from "../support/phones.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";
import { telegramWith } from "../support/telegram.ts";
import { context, noon } from "../support/time.ts";

const { number, country, masked, takesSms } = aPhone();
const begun = { id: phoneId("phone_begun"), number, country, masked, takesSms, ip: "192.0.2.7" };
const withApp = anAccount({ authenticators: [anAuthenticator()] });

const add = (world: World, given: Partial<typeof begun> = {}) =>
  world.decide((one, now) => addPhone(one, { ...begun, ...given }, now));
const again = (world: World, id = begun.id) =>
  world.decide((one, now) => callEnrolment(one, { id, ip: "192.0.2.7" }, now));

describe("the fallback is not added by itself", () => {
  test.each([
    ["to an account without any factor", anAccount()],
    ["beside recovery codes", anAccount({ recoveryCodes: recoveryCodesOf("00000-00000") })],
    ["beside another phone", anAccount({ phones: [aPhone()] })],
    [
      "beside a Telegram that is switched off",
      anAccount({ telegram: { ...telegramWith(1), enabled: false } }),
    ],
  ])("%s", (_, account) => {
    expect(addPhone(account, begun, context(noon))).toEqual({
      account,
      outcome: { kind: "second_step_required" },
    });
  });

  test.each([
    ["an authenticator", withApp],
    ["Telegram", anAccount({ telegram: telegramWith(1) })],
  ])("but beside %s", (_, account) => {
    expect(addPhone(account, begun, context(noon)).outcome).toEqual({ kind: "requested" });
  });
});

test("a number that was begun is called by the same fallback, and is no way to sign in yet", async () => {
  const world = aWorld(withApp);
  expect((await add(world)).kind).toBe("requested");
  await world.run(600);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "call", "call", "sms"]);
  expect(world.carrier.orders[0]?.sendId).toBe("phone_begun#1");
  expect((await world.account()).phones).toEqual([]);
});

test("the next call comes when it is asked for, 20 s after the last", async () => {
  const world = aWorld(withApp);
  await add(world);
  await world.run(19);
  expect((await again(world)).kind).toBe("too_early");
  await world.run(1);
  expect((await again(world)).kind).toBe("requested");
  await world.run(1);
  expect(world.placedAt).toHaveLength(2);
  expect((await again(world, phoneId("phone_other"))).kind).toBe("not_found");
});

test("ten minutes later it is over: nothing is sent, and another call is refused", async () => {
  const world = aWorld(withApp);
  await add(world);
  await world.run(599);
  const before = world.placedAt.length;
  expect((await again(world)).kind).toBe("requested");
  await world.run(2);
  const after = world.placedAt.length;
  expect(after - before).toBeLessThanOrEqual(1);
  expect(await again(world)).toEqual({ kind: "enrolment_expired" });
  await world.run(300);
  expect(world.placedAt.length).toBe(after);
  expect(world.running()).toBe(0);
});

test("another number takes its place: the one before is not called any more", async () => {
  const world = aWorld(withApp);
  await add(world);
  await world.run(5);
  const next = aNumber("+380501234543");
  expect(await add(world, { id: phoneId("phone_early"), number: next })).toMatchObject({
    kind: "too_early",
  });
  await world.run(15);
  await add(world, { id: phoneId("phone_next"), number: next });
  await world.run(600);
  expect(world.carrier.orders.map((order) => order.number)).toEqual([number, next, next, next]);
  expect(world.running()).toBe(0);
});

test("begun in turn, numbers start no more executions than waiting for calls does", async () => {
  const world = aWorld(withApp);
  let begun = 0;
  for (let n = 0; n < 60; n += 1) {
    const { kind } = await add(world, { id: phoneId(`phone_${n}`) });
    if (kind === "requested") begun += 1;
    await world.run(1);
  }
  expect(begun).toBe(3);
});

test("without a second step another call is refused: it could confirm nothing", async () => {
  const world = aWorld(withApp);
  await add(world);
  await world.decide((one) => ({ account: { ...one, authenticators: [] }, outcome: undefined }));
  await world.run(21);
  expect(await again(world)).toEqual({ kind: "second_step_required" });
});

test("begun again and again, a number is called five times a day, and gets nothing more", async () => {
  const world = aWorld(withApp);
  for (let n = 0; n < 60; n += 1) {
    await add(world, { id: phoneId(`phone_${n}`) });
    await world.run(29);
  }
  const count = (way: string) => world.placedAt.filter(({ channel }) => channel === way).length;
  expect([count("call"), count("sms")]).toEqual([5, 0]);
});

test("40 requests at once to add a number ring it at most five times", async () => {
  const world = aWorld(withApp);
  await Promise.allSettled(
    Array.from({ length: 40 }, (_, n) => add(world, { id: phoneId(`phone_${n}`) })),
  );
  await world.run(600);
  expect(world.placedAt.filter(({ channel }) => channel === "call").length).toBeLessThanOrEqual(5);
  expect(world.running()).toBe(0);
});

test("an account has five numbers at most; one that it has may be confirmed anew", () => {
  const phones = [1, 2, 3, 4, 5].map((n) =>
    aPhone({ id: phoneId(`phone_${n}`), number: aNumber(`+38050123454${n}`) }),
  );
  const full = aPhoneAccount({ phones });
  const adding = (text: string) =>
    addPhone(full, { ...begun, number: aNumber(text) }, context(noon)).outcome.kind;
  expect(adding("+380501234549")).toBe("limit_reached");
  expect(adding("+380501234543")).toBe("requested");
});

test("an enrolment whose second step went away is not called any more", async () => {
  const world = aWorld(withApp);
  await add(world);
  await world.decide((one) => ({
    account: { ...one, authenticators: [] },
    outcome: undefined,
  }));
  await world.run(600);
  expect(world.placedAt.length).toBeLessThanOrEqual(1);
  expect(world.running()).toBe(0);
});
