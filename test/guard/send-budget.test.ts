import { describe, expect, test } from "vitest";
import { priceOf } from "../../lib/phone/prices.ts";
import { priceTable } from "../../lib/phone/price-table.ts";
import { dynamoCounter } from "../../lib/runtime/dynamo-counter.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { reserveSend, type SendReservation } from "../../lib/guard/send-budget.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { startDynalite } from "../support/dynalite.ts";
import { useTable } from "../support/every-table.ts";
import { accountId } from "../support/ids.ts";
import { memoryCounter } from "../support/memory-counter.ts";
import { context, day, hour, minute, noon } from "../support/time.ts";

/** A send that shares nothing with another one of another `n`. */
const aReservation = (
  n: number | string,
  given: Partial<SendReservation> = {},
): SendReservation => ({
  channel: "call",
  isEnrolment: false,
  numberKeys: [`number-${n}`],
  accountId: accountId(`account-${n}`),
  addressKeys: [`address-${n}`],
  country: "UA",
  price: 1,
  ...given,
});

const aBudget = (counter = memoryCounter()) => ({
  counter,
  reserve: (reservation: SendReservation, at = noon) =>
    reserveSend(counter, reservation, context(at)),
});

/** How many of these go out before the first that does not, and what was spent then. */
const until = async (
  reservations: (n: number) => SendReservation,
  at: (n: number) => number = () => noon,
): Promise<[number, string]> => {
  const { reserve } = aBudget();
  for (let n = 0; n < 10_000; n += 1) {
    const spent = await reserve(reservations(n), at(n));
    if (spent) return [n, spent];
  }
  return [10_000, "nothing"];
};

describe("within half an hour", () => {
  test.each([
    ["call", 5],
    ["sms", 2],
  ] as const)("a number gets so many sends by %s: %i", async (channel, count) => {
    const numberKeys = ["one"];
    expect(await until((n) => aReservation(n, { channel, numberKeys }))).toEqual([count, "number"]);
  });

  test.each([
    ["call", 5],
    ["sms", 2],
  ] as const)("an account, over all its numbers, by %s: %i", async (channel, count) => {
    const account = accountId("ann");
    const reservations = (n: number) => aReservation(n, { channel, accountId: account });
    expect(await until(reservations)).toEqual([count, "account"]);
  });

  test("calls take nothing from SMS, nor SMS from calls", async () => {
    const { reserve } = aBudget();
    const same = { numberKeys: ["one"], accountId: accountId("ann") };
    const kinds = [];
    for (let n = 0; n < 7; n += 1) {
      kinds.push(await reserve(aReservation(n, { ...same, channel: n < 5 ? "call" : "sms" })));
    }
    expect(kinds).toEqual(Array.from({ length: 7 }, () => undefined));
  });
});

test("a number that is being confirmed gets five sends a day over all accounts and kinds", async () => {
  const reservations = (n: number) =>
    aReservation(n, { numberKeys: ["one"], isEnrolment: true, channel: n % 2 ? "sms" : "call" });
  expect(await until(reservations, (n) => noon + n * 65 * minute)).toEqual([5, "enrolment"]);
});

test("strangers who enrol somebody's number leave its owner every call and SMS", async () => {
  const { reserve } = aBudget();
  const number = { numberKeys: ["one"] };
  for (let n = 0; n < 20; n += 1) {
    await reserve(aReservation(`stranger-${n}`, { ...number, isEnrolment: true }));
  }
  for (let n = 0; n < 5; n += 1) {
    expect(await reserve(aReservation(`own-${n}`, number))).toBeUndefined();
  }
  for (let n = 0; n < 2; n += 1) {
    expect(
      await reserve(aReservation(`own-sms-${n}`, { ...number, channel: "sms" })),
    ).toBeUndefined();
  }
});

describe("within a day", () => {
  /** Far enough from each other that no half hour has two. */
  const slowly = (n: number) => noon + n * 65 * minute;

  test.each([
    ["call", 10],
    ["sms", 5],
  ] as const)("a number gets so many sends by %s: %i", async (channel, count) => {
    const reservations = (n: number) => aReservation(n, { channel, numberKeys: ["one"] });
    expect(await until(reservations, slowly)).toEqual([count, "number"]);
  });

  test.each([
    ["call", 10],
    ["sms", 5],
  ] as const)("an account by %s: %i", async (channel, count) => {
    const reservations = (n: number) => aReservation(n, { channel, accountId: accountId("ann") });
    expect(await until(reservations, slowly)).toEqual([count, "account"]);
  });
});

test("an address sends 20 in an hour, calls and SMS together, whomever to", async () => {
  const reservations = (n: number) =>
    aReservation(n, {
      addressKeys: ["one"],
      channel: n % 2 === 0 ? "call" : "sms",
      country: `C${n}`,
    });
  expect(await until(reservations)).toEqual([20, "address"]);
});

test("SMS from many addresses and accounts to one number: two in half an hour", async () => {
  const { reserve } = aBudget();
  const sent = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      reserve(aReservation(n, { channel: "sms", numberKeys: ["victim"] })),
    ),
  );
  expect(sent.filter((spent) => spent === undefined)).toHaveLength(2);
});

test("SMS from one address to many numbers: 20 in an hour", async () => {
  const { reserve } = aBudget();
  const sent = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      reserve(aReservation(n, { channel: "sms", addressKeys: ["one"] })),
    ),
  );
  expect(sent.filter((spent) => spent === undefined)).toHaveLength(20);
});

describe("money", () => {
  const midnight = noon + 12 * hour;
  const { money, moneyPerCountry } = defaultLimits.sends;
  const dearest = Math.max(...Object.values(priceTable.countries).map(({ sms }) => sms));

  test("no price is so high that it would not fit, nor is one free", () => {
    const rows = [...Object.values(priceTable.countries), priceTable.others];
    for (const price of rows.flatMap(({ call, sms }) => [call, sms])) {
      expect(Number.isInteger(price)).toBe(true);
      expect(price).toBeGreaterThan(0);
      expect(price).toBeLessThan(moneyPerCountry / 10);
    }
  });

  test("a country costs 50 dollars a day, to the last millionth", async () => {
    const { reserve } = aBudget();
    const half = moneyPerCountry / 2;
    expect(await reserve(aReservation(1, { price: half }), midnight)).toBeUndefined();
    expect(await reserve(aReservation(2, { price: half }), midnight)).toBeUndefined();
    expect(await reserve(aReservation(3, { price: 1 }), midnight)).toBe("country");
    expect(await reserve(aReservation(4, { price: 1, country: "DE" }), midnight)).toBeUndefined();
  });

  /** Everybody asks for what is dearest, from everywhere, as fast as can be; what it costs. */
  const costOf = async (from: number, seconds: number, countries: number) => {
    const { reserve } = aBudget();
    const paid: { readonly at: number; readonly price: number }[] = [];
    for (let n = 0; n < 4000; n += 1) {
      const at = Math.floor(from + (n * seconds * 1000) / 4000);
      const price = dearest;
      const spent = await reserve(
        aReservation(n, { channel: "sms", price, country: `C${n % countries}` }),
        at,
      );
      if (!spent) paid.push({ at, price });
    }
    return (begin: number, end: number) =>
      paid.filter(({ at }) => at >= begin && at < end).reduce((sum, { price }) => sum + price, 0);
  };

  test("the most that a day can cost is 200 dollars, however many ask for whatever is dearest", async () => {
    const cost = await costOf(midnight, 86_400, 50);
    expect(cost(midnight, midnight + day)).toBeLessThanOrEqual(money);
    expect(cost(midnight, midnight + day)).toBeGreaterThan(money - 5 * dearest);
  });

  test("the most that a day of one country can cost is 50 dollars", async () => {
    const cost = await costOf(midnight, 86_400, 1);
    expect(cost(midnight, midnight + day)).toBeLessThanOrEqual(moneyPerCountry);
    expect(cost(midnight, midnight + day)).toBeGreaterThan(moneyPerCountry - 5 * dearest);
  });
});

test("no 24 h, wherever they begin, cost more than a day's money", async () => {
  const { reserve } = aBudget();
  const midnight = noon + 12 * hour;
  const price = defaultLimits.sends.money / 25;
  const at = [
    ...Array.from({ length: 25 }, () => midnight - 1),
    ...Array.from({ length: 23 }, (_, n) => midnight + (n + 1) * hour),
  ];
  let paid = 0;
  for (const [n, when] of at.entries()) {
    const spent = await reserve(aReservation(n, { price, country: `C${n}` }), when);
    if (!spent) paid += price;
  }
  expect(paid).toBe(defaultLimits.sends.money);
});

test.each([
  ["call", 30, 5],
  ["sms", 30, 2],
  ["call", 24 * 60, 10],
  ["sms", 24 * 60, 5],
] as const)(
  "by %s, no %i minutes, wherever they begin, have more than %i sends to a number",
  async (channel, minutes, most) => {
    const { reserve } = aBudget();
    const sent: number[] = [];
    for (let n = 0; n < 3000; n += 1) {
      const at = noon + n * 7 * minute;
      if (!(await reserve(aReservation(n, { channel, numberKeys: ["one"] }), at))) sent.push(at);
    }
    for (const from of sent) {
      const within = sent.filter((at) => at >= from && at < from + minutes * minute);
      expect(within.length).toBeLessThanOrEqual(most);
    }
    // What is refused is no send: who asks on and on gets all that there is.
    expect(sent.length).toBeGreaterThan(14 * (channel === "call" ? 9 : 4));
  },
);

describe("on DynamoDB", () => {
  const table = useTable(startDynalite);

  test("of 40 sends at once to one number five go out", async () => {
    const counter = dynamoCounter(tableOf(table().client(), table().tableName), "sends");
    const sent = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        reserveSend(counter, aReservation(n, { numberKeys: ["one"] }), context(noon)),
      ),
    );
    expect(sent.filter((spent) => spent === undefined)).toHaveLength(5);
  });
});

test.each(["numberKeys", "accountId", "addressKeys"] as const)(
  "somebody whose own budget (%s) is spent does not spend everybody's money by asking on",
  async (own) => {
    const { reserve } = aBudget();
    const same = { [own]: own === "accountId" ? accountId("ann") : ["same"] };
    const price = defaultLimits.sends.money / 1000;
    for (let n = 0; n < 5000; n += 1) await reserve(aReservation(n, { ...same, price }));
    expect(await reserve(aReservation("somebody-else", { price }))).toBeUndefined();
  },
);

test("asking on in a country whose money is spent does not spend the money of the others", async () => {
  const { reserve } = aBudget();
  const price = defaultLimits.sends.money / 1000;
  for (let n = 0; n < 5000; n += 1) await reserve(aReservation(n, { price }));
  expect(await reserve(aReservation("somebody-else", { price }))).toBe("country");
  expect(await reserve(aReservation("elsewhere", { price, country: "DE" }))).toBeUndefined();
});

test("a counter that fails is a fault: nothing is sent", async () => {
  const down = { add: () => Promise.reject(new Error("The table is down.")) };
  await expect(reserveSend(down, aReservation(1), context(noon))).rejects.toThrow("down");
});

test("a price is the country's own, and the highest where it has none", () => {
  expect(priceOf("UA", "sms")).toBe(priceTable.countries["UA"]?.sms);
  expect(priceOf("ZZ", "call")).toBe(priceTable.others.call);
  expect(priceOf("constructor", "sms")).toBe(priceTable.others.sms);
});
