import * as z from "zod/mini";

// The inside of the stack, as the routes for executions and the log show it.

const Executions = z.object({
  executions: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      startedAt: z.string(),
      history: z.array(
        z.object({ type: z.string(), state: z.nullable(z.string()), at: z.string() }),
      ),
    }),
  ),
});

export type Execution = z.infer<typeof Executions>["executions"][number];

const LogLines = z.object({ lines: z.array(z.record(z.string(), z.unknown())), next: z.number() });

export type LogLine = z.infer<typeof LogLines>["lines"][number];

export type MachineRoom = {
  readonly executions: readonly Execution[];
  readonly lines: readonly LogLine[];
  /** The number from which the log goes on. */
  readonly next: number;
};

export const emptyMachineRoom: MachineRoom = { executions: [], lines: [], next: 0 };

const SHOWN_LINES = 60;
const SHOWN_EXECUTIONS = 8;

/** Reads on from where an earlier look ended. Rejects if the stack does not answer. */
export async function lookInside({ lines, next }: MachineRoom): Promise<MachineRoom> {
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`/devices/api/${path}`, { cache: "no-store" })).json();
  const [inside, log] = await Promise.all([get("executions"), get(`log?after=${next}`)]);
  const { executions } = Executions.parse(inside);
  const read = LogLines.parse(log);
  // A number smaller than ours means that the stack was started anew, and its log with it.
  const before = read.next < next ? [] : lines;
  return {
    executions: executions.slice(0, SHOWN_EXECUTIONS),
    lines: [...before, ...read.lines].slice(-SHOWN_LINES),
    next: read.next,
  };
}
