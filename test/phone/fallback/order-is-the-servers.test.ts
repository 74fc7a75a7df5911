import { expect, test } from "vitest";
import { requestCall } from "../../../lib/contract/challenge.ts";
import { addPhone, callPhone } from "../../../lib/contract/phones.ts";
import { aWorld } from "./support/world.ts";

test("no request has a field that could say which attempt comes, or with what code", () => {
  const body = { numberId: "phone_mobile" };
  expect(requestCall.body.safeParse(body).success).toBe(true);
  for (const more of [
    { channel: "sms" },
    { sms: true },
    { n: 4 },
    { code: "0000" },
    { attempt: "sms" },
  ]) {
    expect(requestCall.body.safeParse({ ...body, ...more }).success).toBe(false);
    expect(addPhone.body.safeParse({ number: "+380501234542", ...more }).success).toBe(false);
  }
  expect(callPhone).not.toHaveProperty("body");
});

test("however somebody hurries, no SMS comes before three calls", async () => {
  const world = aWorld();
  for (let half = 0; half < 240; half += 1) {
    await world.request();
    await world.run(0.5);
  }
  const first = world.placedAt.findIndex(({ channel }) => channel === "sms");
  expect(first).toBe(3);
  const times = world.placedAt.map(({ second }) => second);
  const gaps = times.slice(1).map((second, n) => second - (times[n] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(20);
});
