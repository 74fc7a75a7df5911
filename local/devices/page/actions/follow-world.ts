import type { World } from "../../world/world.ts";

const RETRY_MS = 1000;

export type Listener = {
  onWorld: (world: World) => void;
  /** The stack does not answer. The page asks again until it does. */
  onLost: () => void;
};

/** Follows every change of the stack while the page is open. Each request waits until there is something new. */
export async function followWorld({ onWorld, onLost }: Listener): Promise<never> {
  let after: number | undefined;
  for (;;) {
    try {
      const query = after === undefined ? "" : `?after=${after}`;
      const response = await fetch(`/devices/api/world${query}`, { cache: "no-store" });
      if (!response.ok) throw new Error(`The stack answered ${response.status}.`);
      const world = (await response.json()) as World;
      after = world.version;
      onWorld(world);
    } catch {
      after = undefined;
      onLost();
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
