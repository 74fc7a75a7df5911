import type { Choice, Definition, Retrier, Task, Wait } from "./definition.ts";
import { follow } from "./payload.ts";

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

/** Where an execution is in a `Wait` state. */
export type Waiting = { state: string; next: string; input: unknown };

/** History as Step Functions writes it; `state` is null for an event of the execution itself. */
export type StateEvent = { type: string; state: string | null };

export type Next =
  | { kind: "attempt"; position: Position }
  | { kind: "pause"; seconds: number; position: Position }
  | { kind: "wait"; seconds: number; waiting: Waiting }
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
  const result = outputOf(task, task.ResultPath === null ? input : output);
  const events = [
    { type: "TaskSucceeded", state },
    { type: "TaskStateExited", state },
  ];
  return after(events, task.Next === undefined ? ended() : enter(definition, task.Next, result));
}

/** Goes on after a `Wait` state's time is over. */
export function wake(definition: Definition, { state, next, input }: Waiting): Move {
  return after([{ type: "WaitStateExited", state }], enter(definition, next, input));
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
    case "Wait":
      return wait(entered, state, input);
    case "Choice":
      return choose(definition, entered, state, input);
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

function wait({ SecondsPath, Next }: Wait, state: string, input: unknown): Move {
  const seconds = valueAt(SecondsPath, input);
  const entered = { type: "WaitStateEntered", state };
  return Number.isSafeInteger(seconds) && Number(seconds) >= 0
    ? {
        events: [entered],
        next: { kind: "wait", seconds: Number(seconds), waiting: { state, next: Next, input } },
      }
    : after([entered], broken());
}

function choose(
  definition: Definition,
  { Choices, Default }: Choice,
  state: string,
  input: unknown,
): Move {
  const chosen = Choices.find(
    ({ Variable, StringEquals }) => valueAt(Variable, input) === StringEquals,
  );
  return after(
    [
      { type: "ChoiceStateEntered", state },
      { type: "ChoiceStateExited", state },
    ],
    enter(definition, chosen?.Next ?? Default, input),
  );
}

function outputOf({ OutputPath }: Task, result: unknown): unknown {
  return OutputPath === "$" ? result : valueAt(OutputPath, result);
}

/** The value at a path of the input; undefined if there is none. */
export function valueAt(path: string, input: unknown): unknown {
  const found = follow(path, { input, context: undefined });
  return found.kind === "filled" ? found.value : undefined;
}

/** `JitterStrategy` lets Step Functions wait anything up to this. Here it is always the whole, so that runs repeat. */
function pause(
  { IntervalSeconds, BackoffRate, MaxDelaySeconds = Infinity }: Retrier,
  used: number,
  position: Position,
): Next {
  const seconds = Math.min(IntervalSeconds * BackoffRate ** used, MaxDelaySeconds);
  return { kind: "pause", seconds, position };
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

/** A path leads to nothing that the state can use: `States.Runtime`, which nothing catches. */
const broken = (): Move => ({ events: [ofExecution("ExecutionFailed")], next: { kind: "failed" } });

const ofExecution = (type: string): StateEvent => ({ type, state: null });

const after = (events: readonly StateEvent[], move: Move): Move => ({
  ...move,
  events: [...events, ...move.events],
});
