import { onTestFinished } from "vitest";
import { startStack } from "../../../local/stack.ts";
import type { Stack, StackOptions } from "../../../local/stack.ts";
import { anAssembly } from "./assembly.ts";
import type { TestAssembly } from "./assembly.ts";
import { aFolder } from "./folder.ts";

/** A running stack of a hand-made template, in this process, on a free port; it ends with the test. */
export async function aStack(
  wanted: TestAssembly,
  options: Partial<StackOptions> = {},
): Promise<Stack & { dataDir: string }> {
  const dataDir = options.dataDir ?? (await aFolder());
  const assembly = await anAssembly(wanted);
  const stack = await startStack({
    port: 0,
    dataDir,
    quiet: true,
    demo: false,
    assembly,
    ...options,
  });
  onTestFinished(stack.stop);
  return { ...stack, dataDir };
}

/** The stack's time, in milliseconds. */
export async function stackTime(url: string): Promise<number> {
  return timeIn(await fetch(`${url}/devices/api/clock`));
}

/** Moves the stack's clock forward, and lets what is due happen. Returns its time. */
export async function advance(url: string, advanceSeconds: number): Promise<number> {
  const body = JSON.stringify({ advanceSeconds });
  return timeIn(await fetch(`${url}/devices/api/clock`, { method: "POST", body }));
}

const timeIn = async (response: Response): Promise<number> =>
  Date.parse(((await response.json()) as { now: string }).now);
