import { afterAll, beforeEach } from "vitest";
import { startStack } from "../../../local/stack.ts";
import type { Stack } from "../../../local/stack.ts";
import { processDirectory } from "../../support/process-directory.ts";
import { advance } from "./stack.ts";

const daySeconds = 24 * 60 * 60;

/**
 * A stack of the project's own template for all tests of a file; call it outside tests. A stack takes longer to start than
 * most tests to run. Each test has accounts and numbers of its own, and begins a day after the one before: what that one left
 * waiting is over, and every quota is as if nobody had used it. A test that fails may leave anything behind, so the next one
 * gets a new stack.
 */
export function aSharedStack(): Pick<Stack, "url" | "endpoints"> {
  let starting: Promise<Stack> | undefined;
  let stack: Stack | undefined;
  const end = async (): Promise<void> => {
    const ending = starting;
    starting = undefined;
    await (await ending)?.stop();
  };
  const there = (): Stack => {
    if (!stack) throw new Error("The stack begins with the first test.");
    return stack;
  };
  beforeEach(async ({ onTestFailed }) => {
    onTestFailed(end);
    stack = await (starting ??= start());
    await advance(stack.url, daySeconds);
  });
  afterAll(end);
  return {
    get url() {
      return there().url;
    },
    get endpoints() {
      return there().endpoints;
    },
  };
}

const start = (): Promise<Stack> =>
  startStack({ port: 0, dataDir: processDirectory(), quiet: true, demo: false });
