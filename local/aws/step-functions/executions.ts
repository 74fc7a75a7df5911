import type { Clock } from "../clock/clock.ts";
import type { Timers } from "../clock/timers.ts";
import { openJournal } from "../data/journal.ts";
import type { StateMachinePlan } from "../plan/plan.ts";
import type { StateEvent } from "../states-language/interpret.ts";
import { applyExecutionChange, ExecutionChange, executionSnapshot } from "./execution-state.ts";
import type { Execution, Executions, Status } from "./execution-state.ts";
import { runExecution } from "./run-execution.ts";
import type { RunOptions } from "./run-execution.ts";
import { createTaskTokens, executionOf } from "./task-tokens.ts";
import type { TaskAnswer } from "./task-tokens.ts";
import { trackUnderWay } from "./under-way.ts";

type Started = { kind: "started"; execution: Execution } | { kind: "exists"; arn: string };

/** The state machines' executions. */
export type StateMachines = {
  plans: readonly StateMachinePlan[];
  /** Starts an execution. If one with the same name and input is running, it returns that one. */
  start: (machine: StateMachinePlan, name: string, input: string) => Started;
  /** `timed_out`: the task was answered already, or its time is up. `unknown`: the token's execution is not known. */
  answerTask: (
    token: string,
    answer: TaskAnswer,
  ) => "taken" | "timed_out" | "unknown" | "malformed";
  /** Newest first. */
  list: () => Execution[];
  stop: () => void;
};

export type StateMachinesOptions = {
  path: string;
  plans: readonly StateMachinePlan[];
  invoke: RunOptions["invoke"];
  clock: Pick<Clock, "now" | "beforeAdvance">;
  timers: Timers;
};

/**
 * Opens the executions that the last run left. Those that were running become `ABORTED`: their tokens may still come
 * back, but the stack does not keep the waiting tasks, and a dead execution must not look as if it were running.
 */
export function openStateMachines(options: StateMachinesOptions): StateMachines {
  const { path, plans, clock, timers } = options;
  const { now } = clock;
  const executions: Executions = new Map();
  const journal = openJournal<ExecutionChange>({
    path,
    schema: ExecutionChange,
    apply: (change) => applyExecutionChange(executions, change),
    snapshot: () => executionSnapshot(executions),
  });
  const { invoke, settled } = trackUnderWay(options.invoke);
  // Otherwise a function would act at a time that its task has never seen.
  clock.beforeAdvance(settled);
  const tokens = createTaskTokens();
  const breakOffs = new Map<string, () => void>();
  let stopped = false;

  const record = (arn: string, events: readonly StateEvent[], status: Status): void => {
    // The next start finds this execution and aborts it, so later events are dropped.
    if (stopped) return;
    const dated = events.map((event) => ({ ...event, at: now() }));
    journal.record({ kind: "moved", arn, events: dated, status });
  };
  for (const { arn, status } of [...executions.values()])
    if (status === "RUNNING") record(arn, [{ type: "ExecutionAborted", state: null }], "ABORTED");

  const start: StateMachines["start"] = (machine, name, input) => {
    const arn = `${machine.arn.replace(":stateMachine:", ":execution:")}:${name}`;
    const before = executions.get(arn);
    if (before)
      return before.status === "RUNNING" && before.input === input
        ? { kind: "started", execution: before }
        : { kind: "exists", arn };
    const execution: Execution = {
      arn,
      machineArn: machine.arn,
      name,
      input,
      status: "RUNNING",
      startedAt: now(),
      stoppedAt: null,
      history: [],
    };
    journal.record({ kind: "execution", execution });
    const breakOff = runExecution({
      machine,
      execution,
      invoke,
      tokens,
      now,
      timers,
      record: (events, status) => {
        record(arn, events, status);
        if (status !== "RUNNING") breakOffs.delete(arn);
      },
    });
    // An execution without a task has already ended.
    if (executions.get(arn)?.status === "RUNNING") breakOffs.set(arn, breakOff);
    return { kind: "started", execution };
  };

  return {
    plans,
    start,
    answerTask: (token, answer) => {
      const answered = tokens.answer(token, answer);
      if (answered !== "closed") return answered;
      return executions.has(executionOf(token) ?? "") ? "timed_out" : "unknown";
    },
    list: () => [...executions.values()].sort(byStart).reverse(),
    stop: () => {
      stopped = true;
      for (const breakOff of breakOffs.values()) breakOff();
      journal.close();
    },
  };
}

const byStart = (one: Execution, other: Execution): number => one.startedAt - other.startedAt;
