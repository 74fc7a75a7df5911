import { expect, test } from "vitest";
import { advance, aStack } from "../../support/stack.ts";

const READS_TIME = `
  const atLoad = Date.now();
  class Sub extends Date {}
  exports.handler = async () => ({
    atLoad,
    now: Date.now(),
    made: new Date().getTime(),
    text: Date.parse(Date()),
    given: new Date(0).getTime(),
    utc: Date.UTC(2020, 0, 1),
    kept: [
      new Date() instanceof Date,
      structuredClone(new Date()) instanceof Date,
      new Sub() instanceof Sub && new Sub() instanceof Date,
      new Date().constructor === Date,
      Date.name === "Date" && Date.length === 7,
      Number.isNaN(new Date(undefined).getTime()),
    ],
    sub: new Sub().getTime(),
  });`;

type Times = Record<"atLoad" | "now" | "made" | "text" | "given" | "utc" | "sub", number> & {
  kept: boolean[];
};

const clockStack = (dataDir?: string) =>
  aStack(
    { functions: { Time: { code: READS_TIME } }, routes: { $default: "Time" } },
    dataDir === undefined ? {} : { dataDir },
  );

const times = async (url: string) => (await (await fetch(url)).json()) as Times;

test("functions follow the clock, whichever way they read the time", async () => {
  const { url } = await clockStack();
  await fetch(url);
  const moved = await advance(url, 3600.5);
  expect(moved - Date.now()).toBeGreaterThan(3_595_000);

  const seen = await times(url);
  for (const read of [seen.now, seen.made, seen.text + 999, seen.sub])
    expect(read).toBeGreaterThanOrEqual(moved);
  expect(seen.now - moved).toBeLessThan(5000);
  expect(moved - seen.atLoad).toBeGreaterThan(3_595_000);
});

test("the replaced Date is otherwise the Date that it was", async () => {
  const { url } = await clockStack();
  const seen = await times(url);
  expect(seen.given).toBe(0);
  expect(seen.utc).toBe(Date.UTC(2020, 0, 1));
  expect(seen.kept).toEqual(Array(6).fill(true));
});

test("the clock stays ahead after a restart", async () => {
  const first = await clockStack();
  const moved = await advance(first.url, 86_400);
  await first.stop();
  const second = await clockStack(first.dataDir);
  expect((await times(second.url)).atLoad).toBeGreaterThanOrEqual(moved);
});

test("moves that come together add up", async () => {
  const { url } = await clockStack();
  await Promise.all(Array.from({ length: 5 }, () => advance(url, 100)));
  const { now } = (await (await fetch(`${url}/devices/api/clock`)).json()) as { now: string };
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(499_000);
  expect(Date.parse(now) - Date.now()).toBeLessThanOrEqual(500_000);
});

test.each([
  "{}",
  "",
  "no",
  '{"advanceSeconds":0}',
  '{"advanceSeconds":-5}',
  '{"advanceSeconds":"5"}',
  '{"advanceSeconds":1e300}',
  '{"advanceSeconds":5,"x":1}',
])("the clock refuses %s", async (body) => {
  const { url } = await clockStack();
  const response = await fetch(`${url}/devices/api/clock`, { method: "POST", body });
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({
    type: "/problems/invalid_request",
    status: 400,
    code: "invalid_request",
  });
});
