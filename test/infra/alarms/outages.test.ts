import { expect, test } from "vitest";
import { carrierNames } from "../../../lib/phone/carriers/carriers.ts";
import { alarmNamed } from "./every-alarm.ts";
import { minutesOf } from "./minutes.ts";
import { trafficOf, type Failing, type Outage } from "./traffic.ts";
import { raisedIn } from "./watch.ts";

/** Each kind of outage, and the alarm that it raises. */
const shares: readonly (readonly [Failing, string])[] = [
  ["prompts", "telegram-failed"],
  ["Telegram's taps", "webhook-errors"],
  ["telegram-sender", "function-errors-telegram-sender"],
  ...carrierNames.map((name) => [`carrier ${name}`, `carrier-down-${name}`] as const),
  ["dispatch-call", "function-errors-dispatch-call"],
  ["send-sms", "function-errors-send-sms"],
  ["executions", "executions"],
  ["SMS", "sms-refused"],
  ["password step", "sign-in-faults-password"],
  ["second step", "sign-in-faults-second-step"],
  ["API", "api-faults"],
  ["store", "store-faults"],
  ["event bus", "activity-lost"],
  ["secrets", "secret-not-refreshed"],
];
const sizes = [50, 1000, 10_000, 1_000_000];
const hour = 60;
const times = { night: 2 * hour, peak: 9 * hour, afternoon: 14 * hour };
const everyNth = [1, 2] as const;

const cases = shares.flatMap(([what, alarm]) =>
  sizes.flatMap((people) =>
    Object.entries(times).flatMap(([when, from]) =>
      everyNth.map((nth) => ({ what, alarm, people, when, from, nth })),
    ),
  ),
);

const happens = ({ what, alarm, people, from, nth }: (typeof cases)[number]) => {
  const outage: Outage = { what, everyNth: nth, from };
  const minutes = from + 3 * hour;
  const { measured, letDown } = trafficOf({ people, minutes, seed: people + from, outage });
  const [raised] = raisedIn(alarmNamed(alarm), measured, 0, minutes);
  return { raised, letDown, minutes };
};

/**
 * The minute of the nth failure within an hour, of failures that are two minutes apart. Before it, an alarm of a share
 * cannot tell an outage from bad luck: where one in two fails, it needs twice as many.
 */
const failureNumber = (nth: number, letDown: readonly number[]): number | undefined => {
  for (const [n, first] of letDown.entries()) {
    const apart = [first];
    for (const minute of letDown.slice(n + 1)) {
      if (apart.length === nth || minute - first > hour - 3) break;
      if (minute - (apart.at(-1) ?? 0) >= 2) apart.push(minute);
    }
    if (apart.length === nth) return apart.at(-1);
  }
  return undefined;
};

test.each(cases)(
  "$people people, $when: of $what one in $nth fails: $alarm within ten minutes, or as soon as enough people came",
  (each) => {
    const { raised, letDown, minutes } = happens(each);
    const enough = failureNumber(3 * each.nth, letDown);
    if (enough === undefined || enough + 3 >= minutes) return;
    expect(raised).toBeGreaterThan(each.from);
    expect(raised).toBeLessThanOrEqual(Math.max(each.from + 10, enough + 3));
  },
);

test.each([
  { people: 10_000, when: "peak", nth: 1 },
  { people: 1_000_000, when: "night", nth: 1 },
  { people: 1_000_000, when: "peak", nth: 1 },
  { people: 1_000_000, when: "peak", nth: 2 },
] as const)(
  "$people people, $when: enough of them come, so every outage is told in time",
  (size) => {
    const late = cases
      .filter(
        ({ people, when, nth }) => people === size.people && when === size.when && nth === size.nth,
      )
      // Two in a hundred sign-ins need an SMS.
      .filter(({ what }) => !["SMS", "send-sms"].includes(what) || size.when === "peak")
      .map((each) => ({ ...each, raised: happens(each).raised ?? Infinity }))
      .filter(({ raised, from }) => raised > from + (size.people === 10_000 ? 12 : 10));
    expect(late).toEqual([]);
  },
);

test.each([
  ["calls under way", "calls-undelivered", 10_000, "peak", 1],
  ["calls under way", "calls-undelivered", 1_000_000, "peak", 1],
  ["calls under way", "calls-undelivered", 1_000_000, "peak", 2],
  ["SMS under way", "sms-undelivered", 1_000_000, "peak", 1],
  ["SMS under way", "sms-undelivered", 1_000_000, "peak", 2],
] as const)("%s that do not arrive: %s within ten minutes, of %i people at the %s", (...given) => {
  const [what, alarm, people, when, nth] = given;
  const from = times[when];
  expect(happens({ what, alarm, people, when, from, nth }).raised).toBeLessThanOrEqual(from + 10);
});

test.each(sizes)(
  "of %i people, guesses at two a second wake somebody within five minutes",
  (people) => {
    const from = times.peak;
    const { measured } = trafficOf({ people, minutes: from + hour, seed: people });
    const ordinary = measured("Twostep PasswordTried (outcome=right, service=twostep)");
    const paused = minutesOf(from + hour);
    for (let minute = from; minute < from + hour; minute += 1) {
      const signIns = ordinary.statistic("Sum", minute, minute + 1) ?? 0;
      // Where a million sign in, two a second are what people mistype; there it takes half as many as sign in.
      paused.add(minute, Math.max(120, signIns), 1);
    }
    const withAttack = (metric: string) =>
      metric === "Twostep PasswordTried (outcome=paused, service=twostep)"
        ? paused
        : measured(metric);
    const [raised] = raisedIn(alarmNamed("brute-force"), withAttack, 0, from + hour);
    expect(raised).toBeGreaterThan(from);
    expect(raised).toBeLessThanOrEqual(from + 5);
  },
);

test.each([0, 1, 2, 3, 4])(
  "where nobody comes at night, the synthetic sign-in tells an outage %i minutes after it ran well, within twelve",
  (minutesAfter) => {
    const from = times.night + 1 + minutesAfter;
    const given = { people: 50, from, when: "night", nth: 1 } as const;
    const { raised } = happens({
      what: "synthetic sign-in",
      alarm: "synthetic-sign-in",
      ...given,
    });
    expect(raised).toBeLessThanOrEqual(from + 12);
  },
);

test("a synthetic sign-in that does not run wakes somebody, and one that fails once does not", () => {
  const runs = (each: (minute: number) => number | undefined) => {
    const minutes = minutesOf(hour);
    for (let minute = 0; minute < hour; minute += 5) {
      const failed = each(minute);
      if (failed !== undefined) minutes.add(minute, failed, 1);
    }
    return raisedIn(alarmNamed("synthetic-sign-in"), () => minutes, 20, hour);
  };
  expect(runs((minute) => Number(minute === 30))).toEqual([]);
  expect(runs((minute) => (minute < 30 ? 0 : undefined))).toHaveLength(1);
  expect(runs((minute) => Number(minute === 30 || minute === 35))).toHaveLength(1);
});

test("a queue whose jobs nothing takes wakes somebody, also where jobs always wait; a busy one does not", () => {
  const series = (each: (minutes: ReturnType<typeof minutesOf>, minute: number) => void) => {
    const minutes = minutesOf(hour);
    for (let minute = 0; minute < hour; minute += 1) each(minutes, minute);
    return minutes;
  };
  const waiting = series((minutes, minute) => {
    minutes.note(minute, 5);
  });
  const until = (last: number) =>
    series((minutes, minute) => {
      if (minute < last) minutes.add(minute, 100, 10);
    });
  const raised = (taken: ReturnType<typeof minutesOf>) =>
    raisedIn(
      alarmNamed("telegram-stuck"),
      (metric) => (metric.includes("NumberOfMessagesReceived") ? taken : waiting),
      5,
      hour,
    );
  expect(raised(until(hour))).toEqual([]);
  expect(raised(until(30))).toEqual([34]);
});
