import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { startStack } from "../../../local/stack.ts";
import { storedFallbacks, type StoredFallback } from "../../local/support/stored-fallback.ts";
import { processDirectory } from "../../support/process-directory.ts";
import { launchBrowser } from "../../web/support/browser.ts";
import { advance } from "../../local/support/stack.ts";

/** A stack of the project's own template, and a Chromium. */
export type World = {
  readonly url: string;
  readonly chromium: Browser;
  /** What an account's open challenges have sent. */
  readonly fallbacks: (account: string) => Promise<StoredFallback[]>;
};

type RunningWorld = World & { readonly end: () => Promise<void> };

/** One for all files that this process runs: a stack and a browser take longer to start than most tests to run. */
let running: Promise<RunningWorld> | undefined;

const daySeconds = 24 * 60 * 60;

/**
 * The world of a file; call it outside tests. Tests run one after the other, each with an account and a window of its own,
 * so that one may move the stack's clock: nobody else is waiting for anything. Each file begins a day later than the one
 * before, so that it finds every quota as if nobody had used it. A file that fails may leave anything behind: the world ends with
 * it, and the next file starts another.
 */
export function aWorld(): World {
  let world: RunningWorld | undefined;
  beforeAll(async () => {
    world = await (running ??= start());
    await advance(world.url, daySeconds);
  });
  let failed = false;
  beforeEach(({ onTestFailed }) => onTestFailed(() => void (failed = true)));
  afterAll(async () => {
    if (!failed) return;
    running = undefined;
    await world?.end();
  });
  const there = (): World => {
    if (!world) throw new Error("The world begins with the first test.");
    return world;
  };
  return {
    get url() {
      return there().url;
    },
    get chromium() {
      return there().chromium;
    },
    get fallbacks() {
      return there().fallbacks;
    },
  };
}

async function start(): Promise<RunningWorld> {
  // Chromium ends with the process.
  const browser = launchBrowser();
  const dataDir = processDirectory();
  const [stack, chromium] = await Promise.all([
    startStack({ port: 0, dataDir, quiet: true, demo: false }),
    browser,
  ]);
  const stored = storedFallbacks(stack);
  return {
    url: stack.url,
    chromium,
    fallbacks: stored.read,
    end: async () => {
      stored.end();
      await chromium.close();
      await stack.stop();
    },
  };
}
