import { randomUUID } from "node:crypto";
import type { Timers } from "../clock/timers.ts";
import type { FunctionOutcome } from "../lambda/instance.ts";
import type { StateMachinePlan } from "../plan/plan.ts";
import { WAITS } from "../states-language/definition.ts";
import { begin, fail, succeed, valueAt, wake } from "../states-language/interpret.ts";
import type { Move, Next, Position, StateEvent } from "../states-language/interpret.ts";
import { fillPayload } from "../states-language/payload.ts";
import type { Execution, Status } from "./execution-state.ts";
import type { TaskAnswer, TaskTokens } from "./task-tokens.ts";

export type RunOptions = {
  machine: StateMachinePlan;
  execution: Pick<Execution, "arn" | "name" | "input" | "startedAt">;
  record: (events: readonly StateEvent[], status: Status) => void;
  invoke: (functionName: string, event: unknown, requestId: string) => Promise<FunctionOutcome>;
  tokens: TaskTokens;
  now: () => number;
  timers: Pick<Timers, "at">;
};

/** Runs an execution until it ends. The returned function breaks it off, without an entry in its history. */
export function runExecution(options: RunOptions): () => void {
  const { machine, execution, record, invoke, tokens, now, timers } = options;
  const { definition } = machine;
  const deadline = execution.startedAt + (definition.TimeoutSeconds ?? Infinity) * 1000;
  let callOff = (): void => undefined;
  let over = false;

  const end = (): void => {
    over = true;
    callOff();
    callOffDeadline();
  };
  const timeOut = (): void => {
    if (over) return;
    end();
    record([{ type: "ExecutionTimedOut", state: null }], "TIMED_OUT");
  };
  const callOffDeadline = deadline === Infinity ? callOff : timers.at(deadline, timeOut);

  /** `since` is the time of the event. It is in the past if the clock was moved over it. */
  const go = ({ events, next }: Move, since: number): Promise<void> | undefined => {
    const status = statusAfter(next);
    record(events, status);
    if (status !== "RUNNING") end();
    else if (next.kind === "attempt") return attempt(next.position);
    else if (next.kind === "pause") {
      const until = since + next.seconds * 1000;
      // A pause that is over already belongs to the same move of the clock.
      if (until <= now()) return attempt(next.position);
      callOff = timers.at(until, () => attempt(next.position));
    } else if (next.kind === "wait") {
      const until = since + next.seconds * 1000;
      const goOn = () => go(wake(definition, next.waiting), until);
      if (until <= now()) return goOn();
      callOff = timers.at(until, goOn);
    }
    return undefined;
  };

  const attempt = async (position: Position): Promise<void> => {
    const { state, task } = position;
    const began = now();
    // The clock was moved past the execution's deadline before this attempt began.
    if (over || began >= deadline) {
      timeOut();
      return;
    }
    const settle = (answer: TaskAnswer, since = now()): Promise<void> | undefined => {
      if (!tokens.close(token)) return undefined;
      callOff();
      return go(
        answer.kind === "succeeded"
          ? succeed(definition, position, answer.output)
          : fail(definition, position, answer),
        since,
      );
    };
    const token = tokens.open(execution.arn, (answer) => void settle(answer));
    const payload = fillPayload(task.Parameters.Payload, {
      input: position.input,
      context: contextOf(options, position, { token, entered: began }),
    });
    const seconds = secondsOf(position);
    if (payload.kind === "missing" || !(seconds >= 1)) {
      const path = payload.kind === "missing" ? payload.path : task.TimeoutSecondsPath;
      const cause = `The JSONPath '${path}' leads to nothing of use in the input.`;
      await settle({ kind: "failed", error: "States.Runtime", cause });
      return;
    }
    const timeUp = began + seconds * 1000;
    const callOffTimer = timers.at(timeUp, () => settle(TIME_UP, timeUp));
    callOff = () => {
      callOffTimer();
      tokens.close(token);
    };
    record(
      ["TaskScheduled", "TaskStarted"].map((type) => ({ type, state })),
      "RUNNING",
    );
    const outcome = await invoke(task.Parameters.FunctionName, payload.value, randomUUID());
    const failure = failureOf(outcome);
    if (failure) await settle(failure);
    else if (task.Resource !== WAITS) {
      const value = outcome.kind === "returned" ? outcome.value : undefined;
      const output = { ExecutedVersion: "$LATEST", StatusCode: 200, Payload: value ?? null };
      await settle({ kind: "succeeded", output });
    }
    // The function's return value does not matter: the token brings the result.
    else if (tokens.isOpen(token)) record([{ type: "TaskSubmitted", state }], "RUNNING");
  };

  void go(begin(definition, JSON.parse(execution.input)), now());
  return end;
}

/** How long a task may take; NaN if the path to it leads to no number. */
function secondsOf({ task, input }: Position): number {
  const { TimeoutSeconds, TimeoutSecondsPath } = task;
  return TimeoutSeconds ?? Number(valueAt(TimeoutSecondsPath ?? "", input));
}

const TIME_UP: TaskAnswer = { kind: "failed", error: "States.Timeout", cause: "" };

function statusAfter(next: Next): Status {
  switch (next.kind) {
    case "succeeded":
      return "SUCCEEDED";
    case "failed":
      return "FAILED";
    case "attempt":
    case "pause":
    case "wait":
      return "RUNNING";
  }
}

/** The context object, from which a payload takes its token. */
function contextOf(
  { machine, execution }: RunOptions,
  { state, retries }: Position,
  { token, entered }: { token: string; entered: number },
): unknown {
  return {
    Execution: {
      Id: execution.arn,
      Input: JSON.parse(execution.input) as unknown,
      Name: execution.name,
      StartTime: new Date(execution.startedAt).toISOString(),
    },
    State: {
      EnteredTime: new Date(entered).toISOString(),
      Name: state,
      RetryCount: retries.reduce((sum, each) => sum + each, 0),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    Task: { Token: token },
  };
}

/** Step Functions' error for a function that did not return; undefined if it returned. */
function failureOf(outcome: FunctionOutcome): TaskAnswer | undefined {
  switch (outcome.kind) {
    case "returned":
      return undefined;
    case "threw": {
      const { name, message } = outcome.error;
      const cause = JSON.stringify({ errorType: name, errorMessage: message });
      return { kind: "failed", error: name, cause };
    }
    case "timed_out":
      // Older runtimes had the error Lambda.Unknown here.
      return { kind: "failed", error: "Sandbox.Timedout", cause: "Task timed out" };
    case "crashed":
      return { kind: "failed", error: "Lambda.Unknown", cause: outcome.reason };
  }
}
