import { describe, expect, test } from "vitest";
import type { KeyRing } from "../../../lib/crypto/key-ring.ts";
import { priceOf } from "../../../lib/phone/prices.ts";
import { codeKeys } from "../../support/phones.ts";
import { memoryCounter } from "../../support/memory-counter.ts";
import { aCarrier } from "./support/carriers.ts";
import { aPhoneAccount, aWorld, type World } from "./support/world.ts";

// The template's own definition runs in the local interpreter. Attacked here: that a fault of ours skips an attempt, makes
// one twice, goes on to the dearer SMS, ends the fallback, or is paid for by the person's budgets.

const [call, sms] = [priceOf("UA", "call"), priceOf("UA", "sms")];

/** Millionths of a dollar that the service's budget holds. */
const money = ({ budgets }: World) =>
  [...budgets.counts].find(([key]) => key.startsWith("service "))?.[1] ?? 0;

/** What goes out without any fault: three calls, 40 s apart, and one SMS. */
const expectAll = async (world: World) => {
  await world.run(600);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "call", "call", "sms"]);
  expect(world.carrier.orders.map(({ sendId }) => sendId)).toEqual([
    "challenge#1",
    "challenge#2",
    "challenge#3",
  ]);
  expect(world.ended()).toEqual(["SUCCEEDED"]);
  expect(money(world)).toBe(3 * call + sms);
};

const names = [
  "Lambda.TooManyRequestsException",
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.Unknown",
  "Lambda.ResourceNotReadyException",
  "Sandbox.Timedout",
  "Runtime.ExitError",
  "States.Timeout",
  "States.TaskFailed",
  "TaskTimedOut",
  "AccountBusy",
  "ProvisionedThroughputExceededException",
  "ResourceNotFoundException",
  "AccessDeniedException",
  "Error",
  "a name that nobody has thought of",
];

describe.each(["DispatchCall", "ListenCall", "SendSms", "ListenSms"])("in %s", (state) => {
  test.each(
    names
      // In a listening task it says that the gap has passed, which is no fault.
      .filter((error) => error !== "States.Timeout" || !state.startsWith("Listen"))
      .flatMap((error) => [
        { error, when: "before" as const },
        { error, when: "after" as const },
      ]),
  )("$error, $when the function ran: the same attempts, and no more", async (fault) => {
    const world = aWorld();
    world.taskFaults[state] = [fault, fault, fault];
    await world.request();
    await expectAll(world);
  });
});

/** The store of a world with a fault at its nth call from now on. */
const failAt = (world: World, what: "load" | "save", nth: number, written: boolean) => {
  const { accounts } = world.services;
  const real = accounts[what].bind(accounts) as (...given: unknown[]) => Promise<unknown>;
  let calls = 0;
  Object.assign(accounts, {
    [what]: async (...given: unknown[]) => {
      calls += 1;
      if (calls !== nth) return real(...given);
      if (written) await real(...given);
      throw new Error("The table is down.");
    },
  });
};

const nths = Array.from({ length: 14 }, (_, n) => n + 1);

test.each(
  nths.flatMap((nth) => [
    { what: "load" as const, nth },
    { what: "save" as const, nth },
  ]),
)("the store fails at $what $nth: the same attempts, and no more", async ({ what, nth }) => {
  const world = aWorld();
  // The first call is the person's own request.
  failAt(world, what, nth + 1, false);
  await world.request();
  await expectAll(world);
});

test("a secret that cannot be read holds the attempt up, and costs nothing", async () => {
  let down = true;
  const keys = (): Promise<KeyRing> =>
    down ? Promise.reject(new Error("ResourceNotFoundException")) : Promise.resolve(codeKeys);
  const world = aWorld(aPhoneAccount(), { keys });
  await world.request();
  await world.run(100);
  expect(world.placedAt).toEqual([]);
  expect(money(world)).toBe(0);
  down = false;
  await expectAll(world);
});

test("counters that fail hold the attempt up; their own counts are given back", async () => {
  const counter = memoryCounter();
  let failures = 8;
  const budgets = {
    ...counter,
    add: (...given: Parameters<typeof counter.add>) =>
      given[0].startsWith("country") && (given[3] ?? 1) > 0 && (failures -= 1) >= 0
        ? Promise.reject(new Error("The table is down."))
        : counter.add(...given),
  };
  const world = aWorld(aPhoneAccount(), { budgets });
  await world.request();
  await world.run(100);
  const half = [...counter.counts].find(([key]) => key.startsWith("account-call-half"));
  expect(half?.[1]).toBe(world.carrier.orders.length);
  await expectAll(world);
});

test("a fault for as long as an execution lives: nothing is sent, and the machine does not call it a success", async () => {
  const world = aWorld();
  const fault = { error: "Lambda.TooManyRequestsException", when: "before" } as const;
  world.taskFaults["DispatchCall"] = Array<typeof fault>(500).fill(fault);
  await world.request();
  await world.run(599);
  expect(world.running()).toBe(1);
  await world.run(1);
  expect(world.ended()).toEqual(["TIMED_OUT"]);
  expect(world.placedAt).toEqual([]);
  expect(money(world)).toBe(0);
  await world.run(600);
  expect(world.placedAt).toEqual([]);
});

test("a fault that outlasts the challenge: nothing is sent once it is over, though the function runs again", async () => {
  const world = aWorld();
  const fault = { error: "Lambda.Unknown", when: "before" } as const;
  await world.run(300);
  world.taskFaults["DispatchCall"] = Array<typeof fault>(25).fill(fault);
  await world.request();
  await world.run(900);
  expect(world.placedAt).toEqual([]);
  expect(world.ended()).toEqual(["SUCCEEDED"]);
});

describe("a function that breaks off between the order and the record", () => {
  /** A carrier that takes the order; then the store is down for one save. */
  const aWorldThatBreaks = (kind: Parameters<typeof aCarrier>[0]) => {
    const carrier = aCarrier(kind);
    const world = aWorld(aPhoneAccount(), { carriers: [carrier] });
    const place = carrier.place.bind(carrier);
    Object.assign(carrier, {
      place: async (order: Parameters<typeof place>[0]) => {
        const placed = await place(order);
        if (carrier.orders.length === 1) failAt(world, "save", 1, false);
        return placed;
      },
    });
    return { world, carrier };
  };

  test("asks the carrier, never orders again, and the code is good", async () => {
    const { world, carrier } = aWorldThatBreaks("we_choose");
    carrier.statuses.push("under_way");
    await world.request();
    await world.run(30);
    expect(carrier.orders).toHaveLength(1);
    expect((await world.account()).challenges[0]?.fallback?.sends[0]?.state).toBe("placed");
    expect((await world.answer(world.heard())).kind).toBe("completed");
  });

  test("that the carrier says failed is followed by the next, and its reservation comes back", async () => {
    const { world, carrier } = aWorldThatBreaks("we_choose");
    carrier.statuses.push("failed");
    await world.request();
    await world.run(30);
    expect(world.sms.orders).toHaveLength(1);
    expect(money(world)).toBe(sms);
  });

  test.each(["carrier_tells", "carrier_checks"] as const)(
    "(%s) leaves a code that nobody knows: it costs no guess",
    async (kind) => {
      const { world } = aWorldThatBreaks(kind);
      await world.request();
      await world.run(30);
      for (let n = 0; n < 6; n += 1) {
        expect((await world.answer("1234")).kind).toBe("code_unavailable");
      }
      const { guesses, challenges } = await world.account();
      expect(guesses.callWrongAt).toEqual([]);
      expect(challenges[0]).toMatchObject({ status: "pending", wrongGuesses: 0 });
    },
  );
});

test("an execution is handed ids, its own name and its token, and nothing else", async () => {
  const world = aWorld();
  await world.request();
  await world.run(600);
  expect(world.payloads.length).toBeGreaterThan(8);
  for (const payload of world.payloads) {
    const fields = Object.keys(payload as object).filter((name) => name !== "taskToken");
    expect(fields.sort()).toEqual(["accountId", "execution", "ownerId", "task"]);
  }
});
