import { fallbackDefinition } from "../../../../infra/constructs/fallback-definition.ts";
import { readDefinition, WAITS } from "../../../../local/aws/states-language/definition.ts";
import {
  begin,
  fail,
  succeed,
  valueAt,
  wake,
  type Move,
  type Next,
  type Position,
} from "../../../../local/aws/states-language/interpret.ts";
import { fillPayload } from "../../../../local/aws/states-language/payload.ts";
import type { FallbackMachine } from "../../../../lib/phone/fallback/fallback-machine.ts";
import { machineInput, type FallbackStep } from "../../../../lib/phone/fallback/step.ts";

type TaskFunction = "DispatchCall" | "SendSms";
type Invoke = (payload: unknown) => Promise<unknown>;

/** What a task meets: an error of this name, before its function runs or after it ran to its end. */
type TaskFault = { readonly error: string; readonly when: "before" | "after" };

type Execution = {
  readonly name: string;
  readonly endsAt: number;
  next: Next;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  /** The token that its task waits by. */
  token: string | null;
  /** When it goes on by itself: a task begins, a pause is over, a waiting task times out. */
  wakesAt: number;
};

/** The definition that deploys, read by the local interpreter as `npm start` does. */
const definition = readDefinition(
  JSON.stringify(fallbackDefinition({ call: "DispatchCall", sms: "SendSms" })),
  (name) => name,
);

/**
 * The state machine as it deploys, run by the local interpreter on a clock that moves when the test says so: timeouts,
 * retries and waits come in the order of their times.
 */
export const aClockwork = (time: { now: number }, tasks: () => Record<TaskFunction, Invoke>) => {
  const executions: Execution[] = [];
  /** What the next calls of the service meet, in order. */
  const faults: Record<keyof FallbackMachine, Error[]> = { start: [], move: [], goOn: [], end: [] };
  /** What the next tasks of a state meet, in order; "" stands for no fault. */
  const taskFaults: Record<string, (TaskFault | "")[]> = {};
  const asked: { readonly what: keyof FallbackMachine; readonly by: string }[] = [];
  /** Everything that the machine handed to a function. */
  const payloads: unknown[] = [];
  let tokens = 0;

  const meet = (what: keyof FallbackMachine, by: string) => {
    asked.push({ what, by });
    const fault = faults[what].shift();
    if (fault) throw fault;
  };
  const waiting = (token: string) => executions.find((one) => one.token === token);

  const move = (one: Execution, { next }: Move): void => {
    Object.assign(one, { next, token: null, wakesAt: time.now });
    if (next.kind === "wait" && next.seconds === 0) {
      move(one, wake(definition, next.waiting));
      return;
    }
    if (next.kind === "pause" || next.kind === "wait") one.wakesAt += next.seconds * 1000;
    if (next.kind === "succeeded") one.status = "SUCCEEDED";
    if (next.kind === "failed") one.status = "FAILED";
  };
  const failWith = (one: Execution, position: Position, error: string) =>
    move(one, fail(definition, position, { error, cause: "" }));
  const answer = (token: string, how: (position: Position) => Move): boolean => {
    const one = waiting(token);
    if (one?.next.kind !== "attempt") return false;
    move(one, how(one.next.position));
    return true;
  };

  const runTask = async (one: Execution, position: Position) => {
    const { state, task, input } = position;
    const token = `token-${(tokens += 1)}`;
    const context = { Task: { Token: token }, Execution: { Name: one.name } };
    const filled = fillPayload(task.Parameters.Payload, { input, context });
    const seconds = task.TimeoutSeconds ?? Number(valueAt(task.TimeoutSecondsPath ?? "", input));
    if (filled.kind === "missing" || !(seconds >= 1)) {
      failWith(one, position, "States.Runtime");
      return;
    }
    Object.assign(one, { token, wakesAt: time.now + seconds * 1000 });
    const planned = taskFaults[state]?.shift();
    const fault = planned === "" ? undefined : planned;
    try {
      if (fault?.when === "before") throw Object.assign(new Error(), { name: fault.error });
      payloads.push(filled.value);
      const run = tasks()[task.Parameters.FunctionName as TaskFunction];
      const result = (await run(filled.value)) ?? null;
      if (fault) throw Object.assign(new Error(), { name: fault.error });
      if (task.Resource !== WAITS) {
        move(one, succeed(definition, position, JSON.parse(JSON.stringify({ Payload: result }))));
      }
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.name : "Error";
      if (waiting(token)) failWith(one, position, error);
    }
  };

  const step = async (one: Execution) => {
    const { next } = one;
    if (time.now >= one.endsAt) Object.assign(one, { status: "TIMED_OUT", token: null });
    else if (next.kind === "wait") move(one, wake(definition, next.waiting));
    else if (next.kind === "attempt" && one.token !== null) {
      failWith(one, next.position, "States.Timeout");
    } else if (next.kind === "attempt" || next.kind === "pause") {
      one.next = { kind: "attempt", position: next.position };
      await runTask(one, next.position);
    }
  };

  const machine: FallbackMachine = {
    async start(accountId, ownerId, run, given) {
      await Promise.resolve();
      const name = `${ownerId}-${run}`;
      meet("start", name);
      if (executions.some((one) => one.name === name)) return;
      const endsAt = time.now + (definition.TimeoutSeconds ?? 0) * 1000;
      const input: unknown = JSON.parse(
        JSON.stringify(machineInput(given, { accountId, ownerId })),
      );
      const one: Execution = {
        ...{ name, endsAt, status: "RUNNING", token: null, wakesAt: time.now },
        next: { kind: "failed" },
      };
      executions.push(one);
      move(one, begin(definition, input));
    },
    async move(token) {
      await Promise.resolve();
      meet("move", token);
      const error = { error: "CallNotReceived", cause: "" };
      return answer(token, (position) => fail(definition, position, error)) ? "moved" : "gone";
    },
    async goOn(token, ids, given: FallbackStep) {
      await Promise.resolve();
      meet("goOn", token);
      const output: unknown = JSON.parse(JSON.stringify(machineInput(given, ids)));
      answer(token, (position) => succeed(definition, position, output));
    },
    async end(token) {
      await Promise.resolve();
      meet("end", token);
      const output = machineInput({ kind: "over" });
      answer(token, (position) => succeed(definition, position, output));
    },
  };

  return {
    machine,
    faults,
    taskFaults,
    asked,
    payloads,
    running: () => executions.filter((one) => one.status === "RUNNING").length,
    ended: () => executions.map((one) => one.status),
    started: () => executions.map((one) => one.name),
    /** Lets time pass, and what is due in it happen; 0: what is due now. */
    async run(seconds: number) {
      const until = time.now + seconds * 1000;
      for (;;) {
        const due = (one: Execution) => Math.min(one.wakesAt, one.endsAt);
        const next = executions
          .filter((one) => one.status === "RUNNING" && due(one) <= until)
          .sort((a, b) => due(a) - due(b))[0];
        if (!next) break;
        time.now = Math.max(time.now, due(next));
        await step(next);
      }
      time.now = until;
    },
  };
};
