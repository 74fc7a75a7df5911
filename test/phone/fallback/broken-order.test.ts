import { expect, test } from "vitest";
import {
  markFailed,
  recordAttempt,
  type AttemptResult,
} from "../../../lib/phone/fallback/record-attempt.ts";
import type { Send } from "../../../lib/account/fallback.ts";
import { takeAttempt } from "../../../lib/phone/fallback/take-attempt.ts";
import { hashToken } from "../../../lib/crypto/token.ts";
import { aChallenge } from "../../support/challenge.ts";
import { challengeId } from "../../support/ids.ts";
import { aFallback, aSend } from "../../support/phones.ts";
import { context, noon, second } from "../../support/time.ts";
import { aPhoneAccount, aWorld } from "./support/world.ts";

const id = challengeId("challenge");
const asked = aSend({ state: "requested", reference: null, carrier: null });
const withFallback = (fallback: Parameters<typeof aFallback>[0]) =>
  aPhoneAccount({ challenges: [aChallenge({ fallback: aFallback(fallback) })] });

const fallbackOf = async (world: ReturnType<typeof aWorld>) =>
  (await world.account()).challenges[0]?.fallback;

const record = (world: ReturnType<typeof aWorld>, n: number, result: AttemptResult) =>
  world.decide((one, now) => recordAttempt(one, { ownerId: id, n, result }, now));

test("a second run of a task that is still at it does not undo what the first one learns", async () => {
  const world = aWorld(withFallback({ sends: [asked] }));
  const task = { ownerId: id, channel: "call", execution: "same" } as const;
  await world.decide((one, now) => takeAttempt(one, task, now));
  const again = await world.decide((one, now) => takeAttempt(one, task, now));
  // No order has left, so the second run may send it; only one of them can note its order.
  expect(again).toMatchObject({ kind: "send", ordered: false });
  const placed = {
    kind: "placed",
    carrier: "telnyx",
    reference: "12ade33a",
    code: { kind: "checked" },
  } as const;
  await record(world, 1, placed);
  await record(world, 1, { kind: "unknown" });
  expect((await fallbackOf(world))?.sends[0]).toMatchObject({
    state: "placed",
    carrier: "telnyx",
    reference: "12ade33a",
  });
});

test("that an earlier call failed, told late, does not wake the task of the next one", async () => {
  const sends = [
    aSend({ state: "placing", claimedBy: hashToken("slow") }),
    aSend({ n: 2, at: noon + 21 * second, claimedBy: hashToken("next") }),
  ];
  const world = aWorld(withFallback({ sends, token: "next" }));
  await world.run(22);
  await record(world, 1, { kind: "failed" });
  expect(await fallbackOf(world)).toMatchObject({
    token: "next",
    sends: [{ state: "failed" }, {}],
  });
  expect(world.asked).toEqual([]);
});

test("a call that was asked for and never made, as waking its task failed, is not one of the three", async () => {
  const world = aWorld();
  await world.request();
  await world.run(20);
  world.faults.move.push(new Error("Step Functions is throttled."));
  await expect(world.request()).rejects.toThrow("throttled");
  expect(await world.request()).toBe("too_early");
  await world.run(20);
  // Its task has timed out meanwhile and made the call.
  await world.run(500);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "call", "call", "sms"]);
});

test("nor is one of the three where it is asked for again before anything came of it", async () => {
  const world = aWorld(
    withFallback({ sends: [aSend(), aSend({ n: 2, state: "requested", at: noon + 20 * second })] }),
  );
  await world.run(40);
  expect(await world.request()).toBe("requested");
  await world.run(200);
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "call", "sms"]);
  const sends = (await fallbackOf(world))?.sends ?? [];
  expect(sends.map(({ n }) => n)).toEqual(sends.map((_, n) => n + 1));
  expect(sends.map(({ state }) => state)).not.toContain("requested");
});

test("that a call failed is news once, and none for a call that another has followed", () => {
  const failed = (given: Parameters<typeof aSend>[0], more: Send[] = []) => {
    const account = withFallback({ sends: [aSend(given), ...more], token: "t" });
    const news = { ownerId: id, reference: "reference-1" };
    return { account, decided: markFailed(account, news, context(noon + second)) };
  };
  expect(failed({}).decided.outcome).toEqual({ kind: "moved" });
  const stale = [
    failed({ state: "failed" }),
    failed({ state: "unknown" }),
    failed({}, [aSend({ n: 2, state: "requested", reference: null })]),
  ];
  for (const { account, decided } of stale) {
    expect(decided).toEqual({ account, outcome: { kind: "stale" } });
  }
});
