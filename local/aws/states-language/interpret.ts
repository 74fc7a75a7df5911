import type { Definition, Retrier, Task } from "./definition.ts";

// We do not use aws-local-stepfunctions. It waits with setTimeout, which follows the stack's clock only in a thread
// whose timers are replaced, and tokens and functions live in other threads. To connect them would take more code than
// these rules. Here nothing waits: each function takes what happened and returns what comes next, and the caller keeps
// the time. A test runs both with the project's own definition and compares.

export type TaskError = { error: string; cause: string };

/** Where an execution stands: before or in an attempt of a task. */
export type Position = {
  state: string;
  task: Task;
  input: unknown;
  /** How often each of the state's retriers was used. */
  retries: readonly number[];
};

/** History as Step Functions writes it; `state` is null for an event of the execution itself. */
export type StateEvent = { type: string; state: string | null };

export type Next =
  | { kind: "attempt"; position: Position }
  | { kind: "pause"; seconds: number; position: Position }
  | { kind: "succeeded" }
  | { kind: "failed" };

export type Move = { events: readonly StateEvent[]; next: Next };

/** Step Functions' own faults: nothing retries or catches them. */
const FATAL = ["States.Runtime", "States.DataLimitExceeded"];

/** Begins an execution. */
export function begin(definition: Definition, input: unknown): Move {
  return after([ofExecution("ExecutionStarted")], enter(definition, definition.StartAt, input));
}

/** Goes on after a task's token came back with a result. */
export function succeed(definition: Definition, position: Position, output: unknown): Move {
  const { state, task, input } = position;
  const result = task.ResultPath === null ? input : output;
  const events = [
    { type: "TaskSucceeded", state },
    { type: "TaskStateExited", state },
  ];
  return after(events, task.Next === undefined ? ended() : enter(definition, task.Next, result));
}

/** Goes on after an attempt failed: its token came back with a failure, its time was up, or its function failed. */
export function fail(definition: Definition, position: Position, fault: TaskError): Move {
  const { state, task, input, retries } = position;
  const { error } = fault;
  const failed = { type: error === "States.Timeout" ? "TaskTimedOut" : "TaskFailed", state };

  // The first retrier that names the error decides, even if it is used up.
  const index = task.Retry.findIndex(({ ErrorEquals }) => covers(ErrorEquals, error));
  const retrier = task.Retry[index];
  const used = retries[index] ?? 0;
  if (retrier && used < retrier.MaxAttempts) {
    const again = {
      ...position,
      retries: task.Retry.map((_, at) => (retries[at] ?? 0) + (at === index ? 1 : 0)),
    };
    return { events: [failed], next: pause(retrier, used, again) };
  }
  const catcher = task.Catch.find(({ ErrorEquals }) => covers(ErrorEquals, error));
  if (!catcher)
    return { events: [failed, ofExecution("ExecutionFailed")], next: { kind: "failed" } };
  const result = catcher.ResultPath === null ? input : { Error: error, Cause: fault.cause };
  return after(
    [failed, { type: "TaskStateExited", state }],
    enter(definition, catcher.Next, result),
  );
}

function enter(definition: Definition, state: string, input: unknown): Move {
  const entered = definition.States[state];
  if (!entered) throw new Error(`There is no state ${state}.`);
  switch (entered.Type) {
    case "Task":
      return {
        events: [{ type: "TaskStateEntered", state }],
        next: { kind: "attempt", position: { state, task: entered, input, retries: [] } },
      };
    case "Succeed":
      return after(
        [
          { type: "SucceedStateEntered", state },
          { type: "SucceedStateExited", state },
        ],
        ended(),
      );
  }
}

function pause({ IntervalSeconds, BackoffRate }: Retrier, used: number, position: Position): Next {
  return { kind: "pause", seconds: IntervalSeconds * BackoffRate ** used, position };
}

function covers(names: readonly string[], error: string): boolean {
  if (FATAL.includes(error)) return false;
  return (
    names.includes(error) ||
    names.includes("States.ALL") ||
    (names.includes("States.TaskFailed") && error !== "States.Timeout")
  );
}

const ended = (): Move => ({
  events: [ofExecution("ExecutionSucceeded")],
  next: { kind: "succeeded" },
});

const ofExecution = (type: string): StateEvent => ({ type, state: null });

const after = (events: readonly StateEvent[], move: Move): Move => ({
  ...move,
  events: [...events, ...move.events],
});
