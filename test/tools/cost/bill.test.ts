import { expect, test } from "vitest";
import {
  averageSignIn,
  habits,
  monthSeconds,
  storageCosts,
  traceCost,
} from "../../../tools/cost/bill/month.ts";
import { costOf } from "../../../tools/cost/bill/prices.ts";
import { rateAt } from "../../../tools/cost/bill/quota.ts";
import { quotas } from "../../../tools/cost/bill/quotas.ts";
import { sendCosts } from "../../../tools/cost/bill/sends.ts";
import { billedMs, usageOf, usageOfInvocation } from "../../../tools/cost/bill/usage-of.ts";
import { awsCostOf, billOf, noUsage, together, usage } from "../../../tools/cost/bill/usage.ts";
import type { Call, Invocation } from "../../../tools/cost/metering/meter.ts";
import { functionNames, type FunctionName } from "../../../infra/settings/functions.ts";

const ofEach = (value: number) =>
  Object.fromEntries(functionNames.map((name) => [name, value])) as Record<FunctionName, number>;
const deployed = {
  memoryMb: { ...ofEach(1769), challenge: 884.5 },
  secretsOf: ofEach(2),
  stageRate: 500,
  routeRates: { "POST /v1/sign-in": 50 },
  reserved: { "sign-in": 100 },
  accessLogLine: "x".repeat(74),
  logMonths: 3,
  traced: false,
  behindEdge: false,
  count: {
    keys: 1,
    secrets: 2,
    alarms: 0,
    alarmMetrics: 0,
    dashboards: 0,
    webAcls: 0,
    webAclRules: 0,
  },
};
const times = {
  ownMs: 4,
  passwordHashMs: 20,
  storageMs: 5,
  awsMs: 10,
  outsideMs: 100,
  coldStartMs: 400,
  coldStartShare: 0.01,
};

let tick = 0;
/** A call after all before it. */
const aCall = (given: Partial<Call>): Call => ({
  to: "storage",
  operation: "GetItem",
  bytes: 10,
  amount: 1,
  readUnits: 0,
  writeUnits: 0,
  itemBytes: 0,
  began: (tick += 1),
  ended: (tick += 1),
  ...given,
});
const anInvocation = (given: Partial<Invocation>): Invocation => ({
  functionName: "sign-in",
  route: null,
  calls: [],
  lines: [],
  answerBytes: 0,
  ...given,
});

test("a price is for so many", () => {
  expect(costOf(2_500_000, { usd: 0.4, per: 1e6, unit: "" })).toBeCloseTo(1, 12);
});

test("usages add up, each as often as it happens", () => {
  const all = together([
    [2, usage({ readUnits: 3, sms: 1, requestsTo: { a: 1 } })],
    [0.5, usage({ readUnits: 4, requestsTo: { a: 1, b: 2 } })],
  ]);
  expect(all).toEqual({ ...noUsage, readUnits: 8, sms: 2, requestsTo: { a: 2.5, b: 1 } });
});

test("a bill has every unit at its price, and its sum", () => {
  const million = usage({ httpRequests: 1e6, writeUnits: 1e6, transitions: 1000, calls: 1e6 });
  expect(billOf(million)).toMatchObject({ httpRequests: 1.2, writeUnits: 0.7625, readUnits: 0 });
  expect(awsCostOf(million)).toBeCloseTo(1.2 + 0.7625 + 0.025, 12);
});

test("an invocation is billed for its own work, the hash and the round trips", () => {
  const calls = [aCall({}), aCall({}), aCall({ to: "aws" }), aCall({ to: "outside" })];
  const invocation = anInvocation({ route: "POST /v1/sign-in", calls });
  expect(billedMs(invocation, deployed, times)).toBe(4 + 20 + 2 * 5 + 10 + 100 + 4);
});

test("with half a processor the own work takes twice as long, and nothing else does", () => {
  const invocation = anInvocation({ functionName: "challenge", calls: [aCall({})] });
  expect(billedMs(invocation, deployed, times)).toBe(8 + 5 + 4);
});

test("an invocation's usage, by hand", () => {
  const invocation = anInvocation({
    route: "GET /v1/session",
    calls: [
      aCall({ readUnits: 2 }),
      aCall({ operation: "PutItem", writeUnits: 5 }),
      aCall({ to: "aws", operation: "SendMessage" }),
      aCall({ to: "aws", operation: "PutEvents", amount: 3 }),
      aCall({ to: "outside", operation: "initCall", bytes: 100 }),
    ],
    lines: ["y".repeat(34)],
    answerBytes: 400,
  });
  const taken = usageOfInvocation(invocation, deployed, times);
  expect(taken).toMatchObject({
    httpRequests: 1,
    edgeRequests: 0,
    lambdaRequests: 1,
    readUnits: 2,
    writeUnits: 5,
    queueRequests: 1,
    events: 3,
    putEvents: 1,
    calls: 1,
    sms: 0,
    bytesOut: 400 + 100 + 1500,
  });
  // In turn 2 of the table, 2 of AWS and 1 outside.
  expect(taken.lambdaSeconds).toBeCloseTo((4 + 2 * 5 + 2 * 10 + 100 + 4) / 1000, 12);
  expect(taken.lambdaGbSeconds).toBeCloseTo((taken.lambdaSeconds * 1769) / 1024, 12);
  expect(taken.secretReads).toBeCloseTo(0.02, 12);
  // Beside what Lambda writes: one line and the access log's, 26 bytes more for each.
  const without = usageOfInvocation(anInvocation({}), deployed, times);
  expect(taken.logBytes - without.logBytes).toBe(34 + 26 + 74 + 26);
});

test("what the sender is given is received and deleted as well", () => {
  const sender = anInvocation({ functionName: "telegram-sender" });
  expect(usageOfInvocation(sender, deployed, times).queueRequests).toBe(2);
});

test("behind CloudFront a browser's request is paid there too, Telegram's is not", () => {
  const edge = (route: string) =>
    usageOfInvocation(anInvocation({ route }), { ...deployed, behindEdge: true }, times)
      .edgeRequests;
  expect(edge("GET /v1/session")).toBe(1);
  expect(edge("POST /v1/telegram/webhook")).toBe(0);
});

test("one of what was done ten times is a tenth of it", () => {
  const invocations = Array.from({ length: 10 }, () => anInvocation({ route: "GET /v1/session" }));
  const one = usageOf({ times: 10, invocations, transitions: 5 }, deployed, times);
  expect(one.httpRequests).toBeCloseTo(1, 12);
  expect(one.transitions).toBeCloseTo(0.5, 12);
});

test("calls and SMS cost what the price table says", () => {
  const table = { countries: { UA: { call: 20_000, sms: 240_000 } }, others: { call: 1, sms: 2 } };
  expect(sendCosts({ calls: 3, sms: 1 }, "UA", table)).toEqual({
    calls: 0.06,
    sms: 0.24,
    sends: 0.3,
  });
  expect(sendCosts({ calls: 1, sms: 1 }, "PL", table).sends).toBeCloseTo(3e-6, 15);
});

test("every sign-in goes one of the ways", () => {
  const shares = Object.values(habits.shares).reduce((sum, share) => sum + share, 0);
  expect(shares).toBeCloseTo(1, 12);
});

test("the average sign-in has each way by its share, and what else is asked for it", () => {
  const of = (usageOfOne: ReturnType<typeof usage>) =>
    Object.fromEntries(Object.keys(habits.shares).map((key) => [key, usageOfOne])) as Record<
      keyof typeof habits.shares,
      typeof usageOfOne
    >;
  const one = usage({ httpRequests: 10 });
  const others = { check: usage({ httpRequests: 1 }), security: noUsage, wrongPassword: noUsage };
  const average = averageSignIn({ signIns: of(one), others });
  expect(average.httpRequests).toBeCloseTo(10 + habits.perSignIn.check, 9);
});

test("a million people of 5 KB are 5 GB", () => {
  const kept = storageCosts(1e6, 5000, 1e9, 3);
  expect(kept.tableGb).toBe(5);
  expect(kept.table).toBeCloseTo(5 * 0.306, 12);
  expect(kept.logGb).toBeCloseTo(0.45, 12);
});

test("a quota is met at what it has a second, by what one takes of it", () => {
  const stage = quotaNamed("throttle of the whole HTTP API");
  expect(rateAt(stage, usage({ httpRequests: 20 }), free)).toBe(25);
  expect(rateAt(stage, noUsage, free)).toBe(Infinity);
  const money = quotaNamed("all countries");
  expect(rateAt(money, noUsage, { sends: 0.02, sms: 0 }) * 86_400).toBeCloseTo(10_000, 6);
});

const free = { sends: 0, sms: 0 };

const quotaNamed = (words: string) => {
  const found = quotas(deployed).find(({ name }) => name.includes(words));
  if (!found) throw new Error(`No quota ${words}.`);
  return found;
};

test("a route's own throttle and a function's bulkhead are limits too, by what goes there alone", () => {
  const signIns = [
    anInvocation({ route: "POST /v1/sign-in", calls: [aCall({ to: "outside" })] }),
    anInvocation({
      ...{ functionName: "totp", route: "GET /v1/time" },
      calls: [aCall({ to: "outside" }), ...[1, 2, 3, 4].map(() => aCall({}))],
    }),
  ];
  // With both, each function runs for 992 ms.
  const slow = { ...times, outsideMs: 964 };
  const one = usageOf({ times: 1, invocations: signIns, transitions: 0 }, deployed, slow);
  expect(one.requestsTo).toEqual({ "POST /v1/sign-in": 1, "GET /v1/time": 1 });
  expect(one.secondsIn["sign-in"]).toBeCloseTo(0.992, 9);
  expect(rateAt(quotaNamed("throttle of `POST /v1/sign-in`"), one, free)).toBe(50);
  expect(rateAt(quotaNamed("bulkhead of `sign-in`"), one, free)).toBeCloseTo(100 / 0.992, 9);
  // What sign-in reserves is not there for the others, and sign-in does not use what is left.
  expect(rateAt(quotaNamed("not reserved"), one, free)).toBeCloseTo(900 / 0.992, 9);
});

test("X-Ray records nearly all requests of a small deployment, and few of a large one", () => {
  const aSecond = (requests: number) => usage({ lambdaRequests: requests * monthSeconds });
  const cost = (requests: number, traced = true) => traceCost({ traced }, aSecond(requests));
  const all = (monthSeconds / 1e6) * 5;
  expect(cost(0.5)).toBeCloseTo(0.5 * all, 9);
  expect(cost(1)).toBeCloseTo(all, 9);
  expect(cost(101)).toBeCloseTo(6 * all, 9);
  expect(cost(101, false)).toBe(0);
});
