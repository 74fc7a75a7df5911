import { expect, test } from "vitest";
import { recordRung, type RungResult } from "../../lib/ladder/record-rung.ts";
import { takeRung } from "../../lib/ladder/take-rung.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { aChallenge } from "../support/challenge.ts";
import { challengeId } from "../support/ids.ts";
import { aLadder, aSend } from "../support/phones.ts";
import { noon, second } from "../support/time.ts";
import { aPhoneAccount, aWorld } from "./support/world.ts";

const id = challengeId("challenge");
const asked = aSend({ state: "requested", reference: null, carrier: null });
const withLadder = (ladder: Parameters<typeof aLadder>[0]) =>
  aPhoneAccount({ challenges: [aChallenge({ ladder: aLadder(ladder) })] });

const ladderOf = async (world: ReturnType<typeof aWorld>) =>
  (await world.account()).challenges[0]?.ladder;

const record = (world: ReturnType<typeof aWorld>, n: number, result: RungResult) =>
  world.decide((one, now) => recordRung(one, { subjectId: id, n, result }, now));

test("a second run of a task that is still at it does not undo what the first one learns", async () => {
  const world = aWorld(withLadder({ sends: [asked] }));
  const task = { subjectId: id, via: "call", token: "same" } as const;
  await world.decide((one, now) => takeRung(one, task, now));
  const again = await world.decide((one, now) => takeRung(one, task, now));
  expect(again).toMatchObject({ kind: "place", again: true });
  const placed = {
    kind: "placed",
    carrier: "telnyx",
    reference: "12ade33a",
    code: { kind: "checked" },
  } as const;
  await record(world, 1, placed);
  await record(world, 1, { kind: "unknown", carrier: "" });
  expect((await ladderOf(world))?.sends[0]).toMatchObject({
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
  const world = aWorld(withLadder({ sends, token: "next" }));
  await world.run(22);
  await record(world, 1, { kind: "failed" });
  expect(await ladderOf(world)).toMatchObject({ token: "next", sends: [{ state: "failed" }, {}] });
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
  expect(world.placedAt.map(({ via }) => via)).toEqual(["call", "call", "call", "sms"]);
});

test("nor is one of the three where it is asked for again before anything came of it", async () => {
  const world = aWorld(
    withLadder({ sends: [aSend(), aSend({ n: 2, state: "requested", at: noon + 20 * second })] }),
  );
  await world.run(40);
  expect(await world.request()).toBe("requested");
  await world.run(200);
  expect(world.placedAt.map(({ via }) => via)).toEqual(["call", "call", "sms"]);
  const sends = (await ladderOf(world))?.sends ?? [];
  expect(sends.map(({ n }) => n)).toEqual(sends.map((_, n) => n + 1));
  expect(sends.map(({ state }) => state)).not.toContain("requested");
});
