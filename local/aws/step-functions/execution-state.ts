import * as z from "zod/mini";

const Status = z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]);

export type Status = z.infer<typeof Status>;

const HistoryEvent = z.object({
  type: z.string(),
  state: z.nullable(z.string()),
  /** Times are milliseconds since 1970, by the stack's clock. */
  at: z.number(),
});

const Execution = z.object({
  arn: z.string(),
  machineArn: z.string(),
  name: z.string(),
  /** The text as it came: a repeated start is recognised by its text. */
  input: z.string(),
  status: Status,
  startedAt: z.number(),
  stoppedAt: z.nullable(z.number()),
  history: z.array(HistoryEvent),
});

export type Execution = z.infer<typeof Execution>;

/** One step in the life of an execution. */
export const ExecutionChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("execution"), execution: Execution }),
  z.object({
    kind: z.literal("moved"),
    arn: z.string(),
    events: z.array(HistoryEvent),
    status: Status,
  }),
]);

export type ExecutionChange = z.infer<typeof ExecutionChange>;

/** By ARN, oldest first. */
export type Executions = Map<string, Execution>;

/** The number of executions that are kept. An execution that runs is never removed. */
const KEPT = 200;

/** Changes `executions` itself. */
export function applyExecutionChange(executions: Executions, change: ExecutionChange): void {
  switch (change.kind) {
    case "execution":
      executions.set(change.execution.arn, change.execution);
      forgetOldest(executions);
      return;
    case "moved": {
      const before = executions.get(change.arn);
      if (!before) return;
      const { events, status } = change;
      executions.set(change.arn, {
        ...before,
        status,
        stoppedAt: status === "RUNNING" ? null : (events.at(-1)?.at ?? before.startedAt),
        history: [...before.history, ...events],
      });
    }
  }
}

/** Returns changes that build `executions` from an empty one. */
export function executionSnapshot(executions: Executions): ExecutionChange[] {
  return [...executions.values()].map((execution) => ({ kind: "execution", execution }));
}

function forgetOldest(executions: Executions): void {
  for (const { arn, status } of [...executions.values()]) {
    if (executions.size <= KEPT) return;
    if (status !== "RUNNING") executions.delete(arn);
  }
}
