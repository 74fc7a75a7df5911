import { Logger } from "@aws-lambda-powertools/logger";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { itemBytes, readUnitsOf, writeUnitsOf } from "../../../tools/cost/metering/item-bytes.ts";
import { logLine, measureLine } from "../../../tools/cost/metering/log-line.ts";
import { one } from "../../../lib/log/measure.ts";
import { powertoolsLog } from "../../../lib/runtime/powertools-log.ts";
import { manualClock } from "../../../tools/cost/metering/manual-clock.ts";
import { newMeter } from "../../../tools/cost/metering/meter.ts";
import {
  startMeteredService,
  type MeteredService,
} from "../../../tools/cost/metering/metered-service.ts";
import { newPerson } from "../../../tools/cost/metering/people.ts";
import { asksWithin } from "../../../tools/cost/metering/sign-in-page.ts";
import { signIns } from "../../../tools/cost/metering/journeys.ts";

const noFallback = { StartAt: "Done", States: { Done: { Type: "Succeed" } } } as const;
let service: MeteredService;
beforeAll(async () => {
  service = await startMeteredService(noFallback);
});
afterAll(() => service.stop());

test("an item's size is that of its names and values", () => {
  expect(itemBytes({ pk: "abc", count: 1234 })).toBe(2 + 3 + 5 + 3);
  expect(itemBytes({ n: "ключ" })).toBe(1 + 8);
  expect(itemBytes({ n: 0 })).toBe(2);
  expect(itemBytes({ n: 1_000_000 })).toBe(1 + 2);
  expect(itemBytes({ n: new Set(["PL", "UA"]) })).toBe(1 + 4);
  expect(() => itemBytes({ n: true })).toThrow();
});

test.each([
  [0, 1, 1],
  [1024, 1, 1],
  [1025, 1, 2],
  [4096, 1, 4],
  [4097, 2, 5],
])("%i bytes are read for %i units and written for %i", (bytes, read, write) => {
  expect([readUnitsOf(bytes), writeUnitsOf(bytes)]).toEqual([read, write]);
});

test("what the table charges is what DynamoDB's rules say of the items", async () => {
  const person = await newPerson(service, "rules", { app: true });
  service.meter.take();
  await service.advance(86_400);
  await signIns.app.go(service, person);
  const calls = service.meter.take().flatMap(({ calls }) => calls);
  const got = calls.filter(({ operation }) => operation === "GetItem");
  const put = calls.filter(({ operation, item }) => operation === "PutItem" && item !== "account");
  expect(got.length).toBeGreaterThan(5);
  expect(put.length).toBeGreaterThan(1);
  for (const { readUnits, itemBytes } of got) expect(readUnits).toBe(readUnitsOf(itemBytes));
  for (const { writeUnits, itemBytes } of put) expect(writeUnits).toBe(writeUnitsOf(itemBytes));
  // The account before it is written counts as well, where it was larger.
  const accounts = calls.filter(({ item }) => item === "account");
  const largest = writeUnitsOf(Math.max(...accounts.map(({ itemBytes }) => itemBytes)));
  expect(Math.max(...accounts.map(({ writeUnits }) => writeUnits))).toBe(largest);
});

test("each call belongs to the invocation that made it, whatever runs beside it", async () => {
  const meter = newMeter();
  const ask = (operation: string) =>
    meter.call({ to: "aws", operation, bytes: 1 }, () => Promise.resolve());
  await ask("outside any");
  await Promise.all([
    meter.invoke("sign-in", async () => {
      await ask("one");
      await meter.invoke("challenge", () => ask("inner"));
      await ask("two");
    }),
    meter.invoke("totp", () => ask("other")),
  ]);
  const made = meter
    .take()
    .map(({ functionName, calls }) => [functionName, ...calls.map((call) => call.operation)]);
  expect(made).toEqual([
    ["sign-in", "one", "two"],
    ["totp", "other"],
    ["challenge", "inner"],
  ]);
  expect(meter.take()).toEqual([]);
});

test("a line is as long as Powertools makes it", () => {
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_SERVICE_NAME", "twostep");
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-674318a0-3b2c1d0e9f8a7b6c5d4e3f2a;Sampled=0");
  const written = vi.spyOn(console, "info").mockImplementation(() => undefined);
  const fields = { event: "authn_login_success", account: "person", ip: "203.0.113.207" };
  new Logger().info("authn_login_success", fields);
  const line = String(written.mock.calls[0]?.[0]);
  vi.unstubAllEnvs();
  written.mockRestore();
  const ours = JSON.parse(logLine("INFO", "authn_login_success", fields, 0)) as object;
  const theirs = JSON.parse(line.replace(/\s*\n\s*/g, "")) as object;
  expect({ ...ours, timestamp: "" }).toEqual({ ...theirs, timestamp: "" });
});

test("a measure is as long as Powertools makes it", () => {
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_SERVICE_NAME", "twostep");
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
  vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", "Twostep");
  const written = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const measure = one("ChallengeEnded", { outcome: "completed", method: "totp" });
  powertoolsLog().measure(measure);
  const theirs = JSON.parse(String(written.mock.calls[0]?.[0])) as { _aws: { Timestamp: number } };
  vi.unstubAllEnvs();
  written.mockRestore();
  expect(JSON.parse(measureLine(measure, theirs._aws.Timestamp))).toEqual(theirs);
});

test("a clock that is moved past what is due stops there, and at what that sets going", async () => {
  const clock = manualClock(0);
  const seen: number[] = [];
  clock.at(2000, () => {
    seen.push(clock.now());
    clock.at(3000, () => seen.push(clock.now()));
  });
  clock.at(9000, () => seen.push(clock.now()));
  clock.at(1000, () => seen.push(clock.now()))();
  await clock.advance(5, () => Promise.resolve());
  expect([seen, clock.now()]).toEqual([[2000, 3000], 5000]);
});

test("the page asks every second for twenty, then slower", () => {
  expect([0, 1, 12, 20].map(asksWithin)).toEqual([0, 1, 12, 20]);
  expect(asksWithin(60)).toBeLessThan(40);
  expect(asksWithin(600) - asksWithin(500)).toBe(20);
});
