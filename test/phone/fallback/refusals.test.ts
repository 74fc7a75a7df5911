import { describe, expect, test } from "vitest";
import type { CallResult, CallStatus } from "../../../lib/phone/carriers/carrier.ts";
import type { SmsResult } from "../../../lib/phone/sms/sms.ts";
import { priceOf } from "../../../lib/phone/prices.ts";
import { challengeView } from "../../../lib/whole-account/challenge-view.ts";
import { aChallenge } from "../../support/challenge.ts";
import { challengeId } from "../../support/ids.ts";
import { context, minute, noon, second } from "../../support/time.ts";
import { aCarrier } from "./support/carriers.ts";
import { aPhoneAccount, aWorld, otherThan, type World } from "./support/world.ts";

// What the carrier or SNS says moves the fallback on, and costs what it really costs. Attacked here: that a refused send
// uses up the owner's budgets, that one is told as sent, and that refunds give free sends.

const [call, sms] = [priceOf("UA", "call"), priceOf("UA", "sms")];

/** The counts of all budgets by the beginning of their key, without those that are 0. */
const counts = ({ budgets }: World): Record<string, number> =>
  Object.fromEntries(
    ["number-call-day", "account-call-day", "number-sms-day", "account-sms-day"]
      .concat("address", "country", "service")
      .map((kind): [string, number] => [
        kind,
        [...budgets.counts].reduce(
          (sum, [key, count]) => sum + (key.startsWith(kind) ? count : 0),
          0,
        ),
      ])
      .filter(([, count]) => count !== 0),
  );

const shown = async (world: World) => {
  const account = await world.account();
  const now = context(noon + world.second() * second);
  return challengeView(account, account.challenges[0] ?? aChallenge(), now).methods.phone?.sent;
};

const refused = (reason: Extract<CallResult, { kind: "refused" }>["reason"]): CallResult => ({
  kind: "refused",
  reason,
});

test.each<{
  said: string;
  results?: CallResult[];
  statuses?: CallStatus[];
  calls: number;
  texts: number;
  money: number;
  perNumber: number;
}>([
  {
    said: "failed, told when asked",
    statuses: ["failed"],
    calls: 3,
    texts: 1,
    money: 3 * call + sms,
    perNumber: 3,
  },
  {
    said: "busy: called too often",
    results: [refused("too_often")],
    calls: 3,
    texts: 1,
    money: 2 * call + sms,
    perNumber: 3,
  },
  {
    said: "rejected",
    results: [refused("rejected")],
    calls: 1,
    texts: 1,
    money: sms,
    perNumber: 0,
  },
  {
    said: "no_money",
    results: [refused("no_money")],
    calls: 1,
    texts: 1,
    money: sms,
    perNumber: 0,
  },
  { said: "country", results: [refused("country")], calls: 1, texts: 1, money: sms, perNumber: 0 },
  { said: "number", results: [refused("number")], calls: 1, texts: 1, money: sms, perNumber: 1 },
  {
    said: "too many requests of ours, whatever the number",
    results: [1, 2, 3, 4, 5, 6].map(() => ({
      kind: "refused",
      reason: "rejected",
      retryAfterSeconds: 1,
    })),
    calls: 9,
    texts: 1,
    money: 3 * call + sms,
    perNumber: 3,
  },
  {
    said: "nothing, then that it is under way",
    results: [{ kind: "unknown" }],
    statuses: ["under_way"],
    calls: 3,
    texts: 1,
    money: 3 * call + sms,
    perNumber: 3,
  },
  {
    said: "nothing, then that it failed",
    results: [{ kind: "unknown" }],
    statuses: ["failed"],
    calls: 1,
    texts: 1,
    money: sms,
    perNumber: 0,
  },
  {
    said: "nothing, and never anything",
    results: [{ kind: "unknown" }],
    calls: 3,
    texts: 1,
    money: 3 * call + sms,
    perNumber: 3,
  },
])("a carrier that says $said: $calls orders, $texts SMS", async (given) => {
  const world = aWorld();
  world.carrier.results.push(...(given.results ?? []));
  world.carrier.statuses.push(...(given.statuses ?? []));
  await world.request();
  await world.run(600);
  expect(world.carrier.orders).toHaveLength(given.calls);
  expect(world.sms.orders).toHaveLength(given.texts);
  expect(counts(world)).toMatchObject({ service: given.money, country: given.money });
  expect(counts(world)["number-call-day"] ?? 0).toBe(given.perNumber);
  expect(counts(world)["account-call-day"] ?? 0).toBe(given.perNumber);
  expect(world.ended()).toEqual(["SUCCEEDED"]);
});

test.each<[Extract<SmsResult, { kind: "refused" }>["reason"], Record<string, number>]>([
  ["spend_limit", {}],
  ["sandbox", {}],
  ["rejected", {}],
  ["number", { "number-sms-day": 1, "account-sms-day": 1, address: 1 }],
  ["opted_out", { "number-sms-day": 1, "account-sms-day": 1, address: 1 }],
])(
  "an SMS that SNS refuses for %s is shown as failed, and costs no money",
  async (reason, left) => {
    const world = aWorld(aPhoneAccount(), { carriers: [] });
    world.sms.results.push({ kind: "refused", reason });
    await world.request();
    await world.run(10);
    expect(counts(world)).toEqual(left);
    expect(await shown(world)).toMatchObject({ via: "sms", state: "failed", next: null });
    expect(world.measures.filter(({ name }) => name === "SendCost")).toEqual([]);
  },
);

test("a carrier without money for seven minutes locks the number for no day: after it, calls go out", async () => {
  const carrier = aCarrier();
  const sender = {
    send: () => Promise.resolve({ kind: "refused", reason: "spend_limit" } as const),
  };
  const world = aWorld(aPhoneAccount({ challenges: [] }), { carriers: [carrier], sender });
  const signIn = async (n: number) => {
    const openedAt = noon + world.second() * second;
    const id = challengeId(`chal_${n}`);
    const fresh = aChallenge({ id, openedAt, expiresAt: openedAt + 10 * minute });
    await world.decide((one) => ({ account: { ...one, challenges: [fresh] }, outcome: undefined }));
    await world.request(id);
  };
  for (let n = 0; n < 42; n += 1) {
    carrier.results.splice(0, Infinity, refused("no_money"));
    await signIn(n);
    await world.run(10);
  }
  expect(counts(world)).toEqual({});
  carrier.results.splice(0);
  // A carrier that failed five times is skipped for half a minute.
  await world.run(40);
  await signIn(99);
  await world.run(10);
  expect(await shown(world)).toMatchObject({ via: "call", state: "sent" });
});

test("who asks for a number that cannot be called, on and on, is stopped by its budgets", async () => {
  const carrier = aCarrier();
  const world = aWorld(aPhoneAccount({ challenges: [] }), { carriers: [carrier] });
  for (let n = 0; n < 20; n += 1) {
    carrier.results.splice(0, Infinity, refused("number"));
    const openedAt = noon + world.second() * second;
    const id = challengeId(`chal_${n}`);
    const fresh = aChallenge({ id, openedAt, expiresAt: openedAt + 10 * minute });
    await world.decide((one) => ({ account: { ...one, challenges: [fresh] }, outcome: undefined }));
    await world.request(id);
    await world.run(10);
  }
  expect(carrier.orders).toHaveLength(5);
});

describe("the page is told the truth of a send", () => {
  test("calling while it is on its way, sent once the carrier took it, failed where it did not", async () => {
    const carrier = aCarrier();
    const world = aWorld(aPhoneAccount(), { carriers: [carrier] });
    world.taskFaults["DispatchCall"] = [
      { error: "Lambda.TooManyRequestsException", when: "before" },
    ];
    await world.request();
    expect(await shown(world)).toMatchObject({ state: "calling" });
    await world.run(1);
    expect(await shown(world)).toMatchObject({ state: "sent" });
    carrier.statuses.push("failed");
    world.taskFaults["DispatchCall"] = [{ error: "Lambda.Unknown", when: "before" }];
    await world.run(1);
    expect(await shown(world)).toMatchObject({ via: "call", attempt: 1, state: "sent" });
  });

  test("an unknown outcome counts as sent while its code would be right, and as failed where nobody knows it", async () => {
    for (const [kind, state] of [
      ["we_choose", "sent"],
      ["carrier_tells", "failed"],
      ["carrier_checks", "failed"],
    ] as const) {
      const carrier = aCarrier(kind);
      carrier.results.push({ kind: "unknown" });
      const world = aWorld(aPhoneAccount(), { carriers: [carrier] });
      await world.request();
      expect(await shown(world)).toMatchObject({ state });
    }
  });
});

describe("a code that nobody knows", () => {
  const aWorldWithout = async () => {
    const carrier = aCarrier("carrier_tells");
    carrier.results.push({ kind: "unknown" });
    const world = aWorld(aPhoneAccount(), { carriers: [carrier] });
    await world.request();
    return { world, carrier };
  };

  test("is answered so, as often as it is typed, and calls stay on", async () => {
    const { world } = await aWorldWithout();
    for (let n = 0; n < 10; n += 1) {
      expect((await world.answer(`000${n}`)).kind).toBe("code_unavailable");
    }
    const { guesses } = await world.account();
    expect(guesses).toMatchObject({ consecutiveWrong: 0, callWrongAt: [] });
  });

  test("keeps nobody waiting: the next call may be asked for at once, and its code is right", async () => {
    const { world } = await aWorldWithout();
    expect(await shown(world)).toMatchObject({ next: { via: "call" } });
    expect(await world.request()).toBe("requested");
    await world.run(1);
    expect((await world.answer(world.heard())).kind).toBe("completed");
  });

  test("gives no free guess at the code of another call", async () => {
    const { world, carrier } = await aWorldWithout();
    await world.request();
    await world.run(20);
    const known = world.heard();
    carrier.results.push({ kind: "unknown" });
    await world.request();
    await world.run(1);
    expect((await world.answer(otherThan(known))).kind).toBe("wrong_code");
    expect((await world.account()).guesses.callWrongAt).toHaveLength(1);
    expect((await world.answer(known)).kind).toBe("completed");
  });
});
