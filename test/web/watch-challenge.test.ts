import { expect, onTestFinished, test } from "vitest";
import { pause, watchChallenge } from "../../web/client/watch-challenge.ts";
import { aChallenge, inSeconds, phone, telegram } from "./support/challenge.ts";
import { fakeClient, ok, refuse } from "./support/fake-client.ts";
import { handClock } from "./support/hand-clock.ts";

const sent = {
  numberId: "phone_1",
  via: "call",
  state: "sent",
  attempt: 1,
  digits: 4,
  next: { via: "call", availableAt: inSeconds(40) },
} as const;

function watching() {
  const [wire, page] = [fakeClient(), handClock()];
  wire.answer("readChallenge", ok(aChallenge()));
  const heard: string[] = [];
  const watch = watchChallenge(wire.client, ({ kind }) => heard.push(kind), page);
  onTestFinished(() => watch.stop());
  return { wire, page, heard, watch };
}

test("a page asks every second at first, then more and more rarely, never less than every five", () => {
  const pauses = Array.from({ length: 60 }, (_, asked) => pause(asked));
  expect(pauses.slice(0, 20)).toEqual(Array<number>(20).fill(1000));
  expect(pauses.slice(20)).toEqual(pauses.slice(20).toSorted((a, b) => a - b));
  expect(Math.max(...pauses)).toBe(5000);
});

test("a service that struggles is asked less and less, and never given up", () => {
  const pauses = Array.from({ length: 10 }, (_, failures) => pause(3, failures + 1));
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses.at(-1)).toBe(15_000);
});

test("ten minutes of waiting cost some 140 requests", async () => {
  const { wire, page } = watching();
  await page.pass(600_000);
  expect(wire.calls.length).toBeLessThan(145);
  expect(wire.calls.length).toBeGreaterThan(110);
});

test.each([
  ["an app's code alone", { totp: { digits: 6 } }, 13],
  ["an app's code, and a number that nobody has asked to call", { totp: { digits: 6 }, phone }, 13],
  ["a tap", { telegram }, 36],
  ["the code of a call", { phone: { ...phone, sent } }, 36],
])(
  "where %s is waited for, a minute costs as many requests as there can be news",
  async (_, methods, asks) => {
    const { wire, page } = watching();
    wire.answer("readChallenge", ok(aChallenge({ methods })));
    await page.pass(60_000);
    expect(Math.abs(wire.calls.length - asks)).toBeLessThanOrEqual(3);
  },
);

test("a hidden page asks nothing; one that comes back asks at once, and fast again", async () => {
  const { wire, page } = watching();
  await page.pass(120_000);
  page.hide();
  await page.pass(10_000);
  const { length } = wire.calls;
  await page.pass(600_000);
  expect(wire.calls).toHaveLength(length);
  page.comeBack();
  await page.pass(0);
  expect(wire.calls).toHaveLength(length + 1);
  await page.pass(5000);
  expect(wire.calls).toHaveLength(length + 6);
});

test.each([
  ["a challenge that is over", ok(aChallenge({ status: "denied" }))],
  ["an approved one", ok(aChallenge({ status: "approved" }))],
  ["no challenge", refuse(401, "no_challenge")],
])("after %s nothing is asked any more", async (_, reply) => {
  const { wire, page, heard, watch } = watching();
  wire.answer("readChallenge", reply);
  await page.pass(1000);
  expect(heard).toHaveLength(1);
  page.comeBack();
  watch.hurry();
  await page.pass(600_000);
  expect(wire.calls).toHaveLength(1);
});

test("an outage is told, and ends by itself", async () => {
  const { wire, page, heard } = watching();
  wire.answer("readChallenge", "no answer", "no answer", ok(aChallenge()));
  await page.pass(6000);
  expect(heard.slice(0, 3)).toEqual(["unreachable", "unreachable", "done"]);
});

test("a service that asks for a pause gets it", async () => {
  const { wire, page } = watching();
  wire.answer("readChallenge", refuse(503, "unavailable", { retryAfter: 30 }));
  await page.pass(30_000);
  expect(wire.calls).toHaveLength(1);
  await page.pass(2000);
  expect(wire.calls).toHaveLength(2);
});

test("nothing is heard after stop, not even what was under way", async () => {
  const { page, heard, watch } = watching();
  await page.pass(999);
  watch.hurry();
  watch.stop();
  await page.pass(60_000);
  expect(heard).toEqual([]);
});

test("a question from before the last deed is not listened to", async () => {
  const { wire, page, heard, watch } = watching();
  watch.hurry();
  watch.hurry();
  await page.pass(0);
  expect(wire.calls.length).toBeLessThanOrEqual(2);
  expect(heard).toHaveLength(1);
});
