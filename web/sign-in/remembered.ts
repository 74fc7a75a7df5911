import { memoryIn } from "../parts/memory.ts";
import { completionKeys } from "../second-step/browser-world.ts";
import type { Remembered } from "./start.ts";

const memory = memoryIn(() => sessionStorage);
const hostItem = "twostep-host";
const dismissedItem = "twostep-dismissed";

/** What this tab remembers of challenges: names and a key, nothing that opens anything by itself. */
export const browserRemembered = (): Remembered => ({
  completionKey: completionKeys(memory, () => crypto.randomUUID()),
  fromHost: (id) => memory.read(hostItem) === id,
  dismissed: (id) => memory.read(dismissedItem) === id,
});

export const rememberHost = (challengeId: string): void => memory.write(hostItem, challengeId);

export const rememberDismissed = (challengeId: string): void =>
  memory.write(dismissedItem, challengeId);
