import { StateMachine } from "aws-local-stepfunctions";
import type { StateMachineDefinition } from "aws-local-stepfunctions";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDefinition } from "../../../../local/aws/states-language/definition.ts";
import { applyExecutionChange } from "../../../../local/aws/step-functions/execution-state.ts";
import type {
  Execution,
  Executions,
} from "../../../../local/aws/step-functions/execution-state.ts";
import { begin, fail, succeed, wake } from "../../../../local/aws/states-language/interpret.ts";
import { fillPayload } from "../../../../local/aws/states-language/payload.ts";
import { CLIMB } from "../../support/fallback.ts";

const read = (definition: unknown) => readDefinition(JSON.stringify(definition), (name) => name);
const { Call, Sms, Done } = CLIMB.States;
const withCall = (more: Record<string, unknown>) => ({
  ...CLIMB,
  States: { Call: { ...Call, ...more }, Sms, Done },
});

const withStep = (more: Record<string, unknown>) => ({
  ...CLIMB,
  States: {
    ...CLIMB.States,
    Step: {
      Type: "Choice",
      Choices: [{ Variable: "$.step", StringEquals: "sms", Next: "Sms" }],
      Default: "Done",
      ...more,
    },
  },
});

test.each<[string, unknown]>([
  ["text that is no JSON", "no"],
  ["JSONata", { ...CLIMB, QueryLanguage: "JSONata" }],
  ["JSONata in a state", withCall({ QueryLanguage: "JSONata" })],
  ["variables", withCall({ Assign: { a: 1 } })],
  ["a task without a timeout", withCall({ TimeoutSeconds: undefined })],
  ["a heartbeat", withCall({ HeartbeatSeconds: 5 })],
  ["another resource", withCall({ Resource: "arn:aws:states:::sqs:sendMessage" })],
  ["two timeouts", withCall({ TimeoutSecondsPath: "$.a" })],
  [
    "a choice by number",
    withStep({ Choices: [{ Variable: "$.a", NumericEquals: 1, Next: "Done" }] }),
  ],
  ["a choice without a default", withStep({ Default: undefined })],
  ["a choice that leads nowhere", withStep({ Default: "Nowhere" })],
  [
    "a wait until a time of day",
    {
      ...CLIMB,
      States: {
        ...CLIMB.States,
        Nap: { Type: "Wait", Timestamp: "2026-11-24T10:00:00Z", Next: "Done" },
      },
    },
  ],
  ["another kind of state", { ...CLIMB, States: { ...CLIMB.States, Done: { Type: "Pass" } } }],
  ["another jitter", withCall({ Retry: [{ ErrorEquals: ["A"], JitterStrategy: "HALF" }] })],
  ["paths with filters", withCall({ Parameters: payload({ "a.$": "$.a[0]" }) })],
  ["intrinsic functions", withCall({ Parameters: payload({ "a.$": "States.UUID()" }) })],
  ["a path that is no text", withCall({ Parameters: payload({ b: [{ "a.$": 1 }] }) })],
  ["a start at no state", { ...CLIMB, StartAt: "Nowhere" }],
  ["a way to no state", withCall({ End: undefined, Next: "Nowhere" })],
  ["a catch to no state", withCall({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "No" }] })],
  ["a way on and an end", withCall({ Next: "Done" })],
  ["neither a way on nor an end", withCall({ End: undefined })],
  ["States.ALL among others", withCall({ Retry: [{ ErrorEquals: ["A", "States.ALL"] }] })],
  [
    "States.ALL before others",
    withCall({ Retry: [{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["A"] }] }),
  ],
])("a definition that the local stack cannot obey is refused: %s", (_, definition) => {
  expect(() => read(definition)).toThrow(/definition/);
});

function payload(Payload: unknown) {
  return { FunctionName: "Call", Payload };
}

const ENDS = [
  undefined,
  "CallNotReceived",
  "CallsOver",
  "States.Timeout",
  "Lambda.Unknown",
  "Else",
] as const;
type End = (typeof ENDS)[number];

/** The attempts that are tried where attempts end so, in order, and the pauses between them. */
function climb(
  definition: unknown,
  ends: readonly End[],
): { attempts: string[]; pauses: number[] } {
  const machine = read(definition);
  const [attempts, pauses]: [string[], number[]] = [[], []];
  let { next } = begin(machine, {});
  while (next.kind === "attempt" || next.kind === "pause") {
    if (next.kind === "pause") pauses.push(next.seconds);
    const { position } = next;
    const end = ends[attempts.push(position.state) - 1];
    ({ next } =
      end === undefined
        ? succeed(machine, position, {})
        : fail(machine, position, { error: end, cause: "" }));
  }
  expect(next.kind).toBe("succeeded");
  return { attempts, pauses };
}

/** The same by aws-local-stepfunctions. */
async function climbByLibrary(ends: readonly End[]): Promise<string[]> {
  const attempts: string[] = [];
  const attempt = (name: string) => () => {
    const end = ends[attempts.push(name) - 1];
    return end === undefined
      ? Promise.resolve({})
      : Promise.reject(Object.assign(new Error(end), { name: end }));
  };
  // Its types know no `null` paths; it does. It writes into what it is given.
  const definition = structuredClone(CLIMB) as unknown as StateMachineDefinition;
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  await machine.run(
    { accountId: "ann" },
    {
      context: { Task: { Token: "a-token" }, Execution: { Name: "x" }, State: { RetryCount: 0 } },
      overrides: {
        taskResourceLocalHandlers: { Call: attempt("Call"), Sms: attempt("Sms") },
        retryIntervalOverrides: { Call: [0, 0], Sms: 0 },
      },
    },
  ).result;
  return attempts;
}

test("whatever attempts end with, the same attempts are tried as by aws-local-stepfunctions", async () => {
  const ends = fc.array(fc.constantFrom(...ENDS), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(ends, async (each) => {
      expect(climb(CLIMB, each).attempts).toEqual(await climbByLibrary(each));
    }),
    { numRuns: 200 },
  );
});

test("pauses grow by the backoff rate, each retrier for itself", () => {
  const definition = withCall({
    Retry: [
      { ErrorEquals: ["A"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 3 },
      { ErrorEquals: ["States.TaskFailed"] },
    ],
  });
  const ends = ["A", "A", "Else", "A", "Else", "Else", "Else"] as End[];
  expect(climb(definition, ends).pauses).toEqual([2, 6, 1, 18, 2, 4]);
});

test("a timeout is no States.TaskFailed, and a fault of the machine's own is caught by nothing", () => {
  const machine = read(withCall({ Retry: [{ ErrorEquals: ["States.TaskFailed"] }] }));
  const { next } = begin(machine, {});
  if (next.kind !== "attempt") throw new Error(next.kind);
  const failing = (error: string) => fail(machine, next.position, { error, cause: "" }).next.kind;
  expect(failing("Else")).toBe("pause");
  // Caught: on to the next state.
  expect(failing("States.Timeout")).toBe("attempt");
  expect(failing("States.Runtime")).toBe("failed");
});

test("a result takes the input's place unless the definition drops it", () => {
  const machine = read(withCall({ ResultPath: undefined, End: undefined, Next: "Sms" }));
  const { next } = begin(machine, { a: 1 });
  if (next.kind !== "attempt") throw new Error(next.kind);
  const then = succeed(machine, next.position, { b: 2 }).next;
  expect(then).toMatchObject({ kind: "attempt", position: { state: "Sms", input: { b: 2 } } });
  const caught = fail(machine, next.position, { error: "E", cause: "c" }).next;
  expect(caught).toMatchObject({ position: { state: "Sms", input: { a: 1 } } });
});

test("a choice goes by a field of the input, and where none fits by its default", () => {
  const machine = read({ ...withStep({}), StartAt: "Step" });
  expect(begin(machine, { step: "sms" }).next).toMatchObject({ position: { state: "Sms" } });
  for (const input of [{ step: "else" }, {}, null]) {
    expect(begin(machine, input).next.kind).toBe("succeeded");
  }
});

test("a wait takes as long as the input says, and what is no such time ends the execution", () => {
  const Nap = { Type: "Wait", SecondsPath: "$.seconds", Next: "Done" };
  const machine = read({ StartAt: "Nap", States: { Nap, Done } });
  const { next } = begin(machine, { seconds: 7 });
  if (next.kind !== "wait") throw new Error(next.kind);
  expect(next.seconds).toBe(7);
  expect(wake(machine, next.waiting).next.kind).toBe("succeeded");
  for (const seconds of [-1, 1.5, "7", undefined]) {
    expect(begin(machine, { seconds }).next.kind).toBe("failed");
  }
});

test("a task may give on only what its function returned, and a pause never grows beyond its bound", () => {
  const machine = read(
    withCall({
      ...{ Resource: "arn:aws:states:::lambda:invoke", OutputPath: "$.Payload" },
      ...{ ResultPath: undefined, End: undefined, Next: "Sms" },
      Retry: [{ ErrorEquals: ["A"], MaxAttempts: 9, MaxDelaySeconds: 5, JitterStrategy: "FULL" }],
    }),
  );
  const { next } = begin(machine, {});
  if (next.kind !== "attempt") throw new Error(next.kind);
  const output = { StatusCode: 200, Payload: { b: 2 } };
  expect(succeed(machine, next.position, output).next).toMatchObject({
    position: { state: "Sms", input: { b: 2 } },
  });
  const pauses: number[] = [];
  let { position } = next;
  for (let n = 0; n < 4; n += 1) {
    const after = fail(machine, position, { error: "A", cause: "" }).next;
    if (after.kind !== "pause") throw new Error(after.kind);
    pauses.push(after.seconds);
    ({ position } = after);
  }
  expect(pauses).toEqual([1, 2, 4, 5]);
});

test("a payload is filled at every depth, and says which path leads nowhere", () => {
  const sources = { input: { a: { b: [1] }, n: null }, context: { Task: { Token: "t" } } };
  const filled = (template: unknown) => fillPayload(template, sources);
  expect(filled({ "x.$": "$.a.b", y: [{ "t.$": "$$.Task.Token" }, "$.a"], "all.$": "$" })).toEqual({
    kind: "filled",
    value: { x: [1], y: [{ t: "t" }, "$.a"], all: sources.input },
  });
  for (const path of ["$.missing", "$.n.x", "$.a.constructor", "$$.Execution.Id"])
    expect(filled([{ deep: { "x.$": path } }])).toEqual({ kind: "missing", path });
});

const anExecution = (name: string, status: Execution["status"]): Execution => ({
  ...{ arn: name, machineArn: "m", name, input: "{}", status, startedAt: 1 },
  ...{ stoppedAt: null, history: [] },
});

test("two hundred executions are remembered, and all that run", () => {
  const executions: Executions = new Map();
  for (let n = 0; n < 300; n += 1) {
    const execution = anExecution(String(n), n < 5 ? "RUNNING" : "SUCCEEDED");
    applyExecutionChange(executions, { kind: "execution", execution });
  }
  expect([...executions.keys()].slice(0, 6)).toEqual(["0", "1", "2", "3", "4", "105"]);
  expect(executions.size).toBe(200);
});
