import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { startStack, type Stack } from "../../../local/stack.ts";
import { launchBrowser } from "../../web/support/browser.ts";

/** What all tests of a file share: a stack of the project's own template, and a Chromium. */
export type World = {
  readonly url: string;
  readonly chromium: Browser;
  /** Whoever takes the service down brings it back: at the same address, with what it had stored. */
  readonly stop: () => Promise<void>;
  readonly restart: () => Promise<void>;
};

/**
 * Starts the world of a file, and ends it after its tests. They run one after the other, each with an account and a window of its own,
 * so that one may move the stack's clock: nobody else is waiting for anything.
 */
export function aWorld(): World {
  let dataDir: string | undefined;
  let stack: Stack | undefined;
  let chromium: Browser | undefined;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "twostep-"));
    const browser = launchBrowser();
    [stack, chromium] = await Promise.all([
      startStack({ port: 0, dataDir, quiet: true, demo: false }),
      browser,
    ]);
  });
  afterAll(async () => {
    await chromium?.close();
    await stack?.stop();
    if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true });
  });
  const running = () => there(stack);
  return {
    get url() {
      return running().url;
    },
    get chromium() {
      return there(chromium);
    },
    stop: () => running().stop(),
    restart: async () => {
      const port = Number(new URL(running().url).port);
      stack = await startStack({ port, dataDir: there(dataDir), quiet: true, demo: false });
    },
  };
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("The world begins with the first test.");
  return part;
}
