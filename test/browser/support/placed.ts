import { vi } from "vitest";
import type { Person } from "./people.ts";
import type { World } from "./world.ts";

/**
 * Asks for a call or an SMS, and waits until it is out. The page cannot tell: it shows the same while the call is being placed
 * and once it is. If the clock moved in between, the time of the next call would count from after the move, and a code would be
 * of a call that is not there yet.
 */
export async function placed(
  { fallbacks }: World,
  { id }: Person,
  ask: () => Promise<void>,
): Promise<void> {
  const before = await placedSoFar();
  await ask();
  await vi.waitUntil(async () => (await placedSoFar()) > before, { timeout: 10_000, interval: 20 });

  async function placedSoFar(): Promise<number> {
    const sends = (await fallbacks(id)).flatMap((fallback) => fallback.sends);
    return sends.filter(({ state }) => state === "placed").length;
  }
}
