import { expect, test } from "vitest";
import type {
  CallResult,
  CallStatus,
  Carrier,
  RefusedCall,
} from "../../../lib/phone/carriers/carrier.ts";
import type { Breakers } from "../../../lib/phone/carriers/circuit-breaker.ts";
import { placeCall } from "../../../lib/phone/carriers/place-call.ts";
import { ucallerCarrier } from "../../../lib/phone/carriers/ucaller/ucaller-carrier.ts";
import { aCarrierServer, inOrder, json } from "../support/carrier-server.ts";
import { adapters } from "../support/carriers.ts";
import { anOrder } from "../support/orders.ts";

const now = 1_700_000_000_000;
const placed: CallResult = { kind: "placed", reference: "r" };
const unknown: CallResult = { kind: "unknown" };
const refused = (reason: RefusedCall): CallResult => ({ kind: "refused", reason });

type FakeCarrier = Carrier & { readonly asked: string[] };

const aCarrier = (
  name: string,
  result: CallResult,
  { status = "unknown", kind = "we_choose" }: { status?: CallStatus; kind?: Carrier["kind"] } = {},
): FakeCarrier => {
  const asked: string[] = [];
  return {
    name,
    kind,
    asked,
    place: ({ sendId }) => {
      asked.push(`place ${sendId}`);
      return Promise.resolve(result);
    },
    status: ({ sendId, reference }) => {
      asked.push(`status ${sendId} ${String(reference)}`);
      return Promise.resolve(status);
    },
  };
};

const order = anOrder({ sendId: "x#1" });
const place = (carriers: readonly Carrier[], breakers: Breakers = {}, at = now) =>
  placeCall(carriers, order, breakers, at);

test("the first carrier that can places the call, and no other is asked", async () => {
  const [one, two] = [aCarrier("one", placed), aCarrier("two", placed)];
  expect(await place([one, two])).toMatchObject({ carrier: "one", result: placed });
  expect([one.asked, two.asked]).toEqual([["place x#1"], []]);
});

test.each(["country", "no_money", "rejected"] as const)(
  "refused for %s: the next carrier is asked",
  async (reason) => {
    const [one, two] = [aCarrier("one", refused(reason)), aCarrier("two", placed)];
    expect(await place([one, two])).toMatchObject({ carrier: "two", result: placed });
  },
);

test.each(["number", "too_often"] as const)(
  "refused for %s: another carrier would not help",
  async (reason) => {
    const result: CallResult = { kind: "refused", reason, retryAfterSeconds: 15 };
    const [one, two] = [aCarrier("one", result), aCarrier("two", placed)];
    expect(await place([one, two])).toMatchObject({ carrier: "one", result });
    expect(two.asked).toEqual([]);
  },
);

test("the last refusal is the outcome, and who gave it", async () => {
  const carriers = [aCarrier("one", refused("no_money")), aCarrier("two", refused("country"))];
  expect(await place(carriers)).toMatchObject({ carrier: "two", result: refused("country") });
});

test("without carriers nobody is asked", async () => {
  expect(await place([])).toEqual({
    carrier: null,
    result: { kind: "refused", reason: "rejected" },
    breakers: {},
    failed: [],
  });
});

test("an unknown call is asked for once, never placed again, and no other carrier is asked", async () => {
  const [one, two] = [aCarrier("one", unknown), aCarrier("two", placed)];
  expect(await place([one, two])).toMatchObject({ carrier: "one", result: unknown });
  expect(one.asked).toEqual(["place x#1", "status x#1 null"]);
  expect(two.asked).toEqual([]);
});

test.each(["under_way", "delivered"] as const)(
  "an unknown call whose status is %s is placed, if the code is ours",
  async (status) => {
    const rings = { carrier: "one", result: { kind: "placed", reference: null } };
    expect(await place([aCarrier("one", unknown, { status })])).toMatchObject(rings);
    for (const kind of ["carrier_tells", "carrier_checks"] as const) {
      const [one, two] = [aCarrier("one", unknown, { status, kind }), aCarrier("two", placed)];
      expect(await place([one, two])).toMatchObject({ carrier: "one", result: unknown });
      expect(two.asked).toEqual([]);
    }
  },
);

test("an unknown call that has failed goes to the next carrier", async () => {
  const [one, two] = [aCarrier("one", unknown, { status: "failed" }), aCarrier("two", placed)];
  expect(await place([one, two])).toMatchObject({ carrier: "two", result: placed });
});

/** What five calls in a row leave behind. */
const afterFive = async (carriers: readonly Carrier[]) => {
  let breakers: Breakers = {};
  for (let n = 0; n < 5; n += 1) ({ breakers } = await place(carriers, breakers));
  return breakers;
};

test("a carrier that failed five times is skipped for thirty seconds, then tried once", async () => {
  const failing = aCarrier("one", unknown, { status: "failed" });
  const two = aCarrier("two", placed);
  const breakers = await afterFive([failing, two]);
  const healthy = aCarrier("one", placed);

  expect(await place([healthy, two], breakers, now + 29_999)).toMatchObject({ carrier: "two" });
  expect(healthy.asked).toEqual([]);
  const recovered = await place([healthy, two], breakers, now + 30_000);
  expect(recovered).toMatchObject({ carrier: "one", breakers: { one: { failures: 0 } } });

  const again = await place([failing, two], breakers, now + 30_000);
  expect(await place([healthy, two], again.breakers, now + 30_001)).toMatchObject({
    carrier: "two",
  });
});

test("when every carrier is skipped nobody is asked", async () => {
  const one = aCarrier("one", unknown);
  const breakers = await afterFive([one]);
  const asked = one.asked.length;
  expect(await place([one], breakers)).toMatchObject({
    carrier: null,
    result: { kind: "refused", reason: "rejected" },
  });
  expect(one.asked).toHaveLength(asked);
});

test("a refusal is told though the only other carrier is skipped", async () => {
  const breakers = await afterFive([aCarrier("two", unknown)]);
  const carriers = [aCarrier("one", refused("country")), aCarrier("two", placed)];
  expect(await place(carriers, breakers)).toMatchObject({
    carrier: "one",
    result: refused("country"),
  });
});

test.each([
  ["unknown", unknown, 1],
  ["no_money", refused("no_money"), 1],
  ["rejected", refused("rejected"), 1],
  ["placed", placed, 0],
  ["number", refused("number"), 0],
  ["country", refused("country"), 0],
  ["too_often", refused("too_often"), 0],
])(
  "%s leaves %i failures: bad numbers do not switch a carrier off",
  async (_, result, failures) => {
    const { breakers } = await place([aCarrier("one", result)]);
    expect(breakers["one"]?.failures).toBe(failures);
  },
);

test("the breakers of carriers that were not asked stay as they were, and the given ones too", async () => {
  const given = Object.freeze({ two: { failures: 3, openUntil: 0 } });
  const { breakers } = await place([aCarrier("one", unknown)], given);
  expect(breakers).toEqual({ one: { failures: 1, openUntil: 0 }, two: given.two });
  expect(given).toEqual({ two: { failures: 3, openUntil: 0 } });
});

test("over the wire: a lost answer of uCaller is asked for by the same key, and is a placed call", async () => {
  const answer = { status: true, ucaller_id: 1, code: "0042", exists: true };
  const { baseUrl, asked } = await aCarrierServer(
    inOrder((_, response) => response.destroy(), json(answer)),
  );
  const ucaller = ucallerCarrier({ credentials: { key: "k", serviceId: "1" }, baseUrl });
  const two = aCarrier("two", placed);
  expect(await place([ucaller, two])).toMatchObject({
    carrier: "ucaller",
    result: { kind: "placed", reference: null },
  });
  expect(asked).toHaveLength(2);
  expect(two.asked).toEqual([]);
});

test("over the wire: whichever carrier is down, the next one calls", async () => {
  for (const adapter of adapters) {
    const down = await aCarrierServer(json({}));
    await down.stop();
    const two = aCarrier("two", placed);
    expect(await place([adapter.carrier(down.baseUrl), two])).toMatchObject({ carrier: "two" });
  }
});
