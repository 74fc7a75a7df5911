import { completionKeys, handoffKeys } from "../client/step-keys.ts";
import { memoryIn } from "../parts/memory.ts";
import type { Remembered } from "./start.ts";

const memory = memoryIn(() => sessionStorage);
const hostItem = "twostep-host";
const dismissedItem = "twostep-dismissed";

const newKey = () => crypto.randomUUID();

/** What this tab remembers of challenges. It keeps ids and idempotency keys, which give no access by themselves. */
export const browserRemembered = (): Remembered => ({
  handoffKey: handoffKeys(memory, newKey),
  completionKey: completionKeys(memory, newKey),
  fromHost: (id) => memory.read(hostItem) === id,
  dismissed: (id) => memory.read(dismissedItem) === id,
});

export const rememberHost = (challengeId: string): void => memory.write(hostItem, challengeId);

export const rememberDismissed = (challengeId: string): void =>
  memory.write(dismissedItem, challengeId);
