import fc from "fast-check";
import { expect, test } from "vitest";
import type { Send } from "../../../lib/account/fallback.ts";
import { closedAs } from "../../../lib/account/challenges.ts";
import { noon, second } from "../../support/time.ts";
import { command, happen } from "./support/commands.ts";
import { aWorld, type World } from "./support/world.ts";

const challengeOf = async (world: World) => {
  const account = await world.account();
  const [challenge] = account.challenges;
  if (!challenge) throw new Error("No challenge.");
  const closed = closedAs(account, challenge, noon + world.second() * second);
  return { over: closed !== undefined, sends: challenge.fallback?.sends ?? [] };
};

const wentOut = ({ state }: Send) => state !== "requested" && state !== "placing";

/** Whatever happens in whatever order, this is true in the end. */
const holds = (world: World, sends: readonly Send[]) => {
  const { placedAt, carrier } = world;
  const vias = placedAt.map(({ channel }) => channel).join(" ");
  expect(vias).toMatch(/^(call ?){0,3}(sms ?){0,2}$/);
  const ids = carrier.orders.map(({ sendId }) => sendId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(sends.map(({ n }) => n)).toEqual(sends.map((_, n) => n + 1));
  const out = sends.filter(wentOut);
  expect(out.map(({ channel }) => channel).join(" ")).toBe(vias);
  placedAt.slice(1).forEach(({ second: at }, n) => {
    const before = out[n];
    if (before?.state === "failed") return;
    expect(at - (placedAt[n]?.second ?? 0)).toBeGreaterThanOrEqual(
      before?.channel === "sms" ? 60 : 20,
    );
  });
  const woken = world.asked.filter(({ what }) => what !== "start").map(({ by }) => by);
  expect(new Set(woken).size).toBe(woken.length);
};

test("whatever happens in whatever order, a phone rings as often and as fast as the fallback says, and not when it is over", async () => {
  const met = { call: 0, sms: 0, over: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
      const world = aWorld();
      let overAt: number | undefined;
      for (const [n, one] of ["request" as const, ...commands].entries()) {
        await happen(world, one, n);
        if (overAt === undefined && (await challengeOf(world)).over) overAt = world.placedAt.length;
      }
      if (overAt !== undefined) {
        met.over += 1;
        expect(world.placedAt.length).toBe(overAt);
      }
      const before = world.placedAt.length;
      await world.run(1300);
      const { sends } = await challengeOf(world);
      if (overAt !== undefined) expect(world.placedAt.length).toBe(before);
      holds(world, sends);
      expect(world.running()).toBe(0);
      for (const { channel, second: at } of world.placedAt) {
        met[channel] += 1;
        expect(at).toBeLessThan(600);
      }
    }),
    { numRuns: 1500, seed: 20_261_124 },
  );
  // The stories were of the kind that they are for.
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(300);
});
