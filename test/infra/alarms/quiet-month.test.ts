import { expect, test } from "vitest";
import { computedBy } from "../rules/watched.ts";
import { everyAlarm } from "./every-alarm.ts";
import { trafficOf } from "./traffic.ts";
import { raisedIn } from "./watch.ts";

const minutes = 30 * 24 * 60;
/** Nothing of these is measured on an ordinary day. */
const never = /Throttles|TelegramTokenRefused|ExecutionsTimedOut/;

test.each([50, 1000, 10_000, 1_000_000])(
  "an ordinary month of %i people, with its usual failures, wakes nobody",
  (people) => {
    const { measured } = trafficOf({ people, minutes, seed: people });
    const raised = [...everyAlarm].flatMap(([name, alarm]) =>
      raisedIn(alarm, measured, 20, minutes).map((minute) => `${name} in minute ${minute}`),
    );
    expect(raised).toEqual([]);
  },
);

test("every alarm was computed from what an ordinary day measures", () => {
  const { names } = trafficOf({ people: 1_000_000, minutes: 24 * 60, seed: 1 });
  const read = [...everyAlarm.values()].flatMap((alarm) =>
    [...computedBy(alarm).inputs.values()].map(({ metric }) => metric),
  );
  expect(read.length).toBeGreaterThan(30);
  expect(read.filter((metric) => !names.includes(metric) && !never.test(metric))).toEqual([]);
});
