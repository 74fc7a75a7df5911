import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { expect, test } from "vitest";
import { readDefinition } from "../../local/aws/states-language/definition.ts";
import {
  begin,
  fail,
  succeed,
  wake,
  type Next,
} from "../../local/aws/states-language/interpret.ts";
import { fallbackOf } from "./fallback-definition.ts";
import { synthesize } from "./synthesize.ts";

const fallback = fallbackOf(synthesize().template);
const text = JSON.stringify(fallback).replaceAll("${AWS::Partition}", "aws");
const definition = readDefinition(text, (name) => name);

/** What a task ends with: the step that it returns, or an error's name. */
type End = { readonly step: string } | string;

const ids = { accountId: "an-account", ownerId: "a-challenge" };
const outputOf = (step: string) => ({ ...ids, step, waitSeconds: 0, listenSeconds: 40 });
const ofTask = (state: string, step: string): object =>
  state.startsWith("Listen") ? outputOf(step) : { Payload: outputOf(step) };

/** The tasks that run where tasks end so, in order; then they are over. */
const runHere = (ends: readonly End[]): string[] => {
  const ran: string[] = [];
  let next: Next = begin(definition, outputOf("call")).next;
  for (;;) {
    if (next.kind === "wait") next = wake(definition, next.waiting).next;
    else if (next.kind === "succeeded" || next.kind === "failed") return [...ran, next.kind];
    else {
      const { position } = next;
      const end = ends[ran.push(position.state) - 1] ?? { step: "over" };
      next =
        typeof end === "string"
          ? fail(definition, position, { error: end, cause: "" }).next
          : succeed(definition, position, ofTask(position.state, end.step)).next;
    }
  }
};

/** The same by aws-local-stepfunctions. */
const runByLibrary = async (ends: readonly End[]): Promise<string[]> => {
  const ran: string[] = [];
  const task = (state: string) => (): Promise<object> => {
    const end = ends[ran.push(state) - 1] ?? { step: "over" };
    return typeof end === "string"
      ? Promise.reject(Object.assign(new Error(end), { name: end }))
      : Promise.resolve(ofTask(state, end.step));
  };
  const states = ["DispatchCall", "ListenCall", "SendSms", "ListenSms"];
  // The library reads the path to a timeout in the payload; Step Functions reads it in the state's input.
  const withTimes = text.replaceAll(
    '"TimeoutSecondsPath":"$.listenSeconds"',
    '"TimeoutSeconds":40',
  );
  // Its types know no `null` paths; it does.
  const machine = new StateMachine(JSON.parse(withTimes) as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const { result } = machine.run(outputOf("call"), {
    context: { Task: { Token: "a-token" }, Execution: { Name: "a-challenge-1" } },
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(
        states.map((state) => [state, task(state) as () => Promise<Record<string, never>>]),
      ),
      retryIntervalOverrides: Object.fromEntries(states.map((state) => [state, [0, 0]])),
    },
  });
  await result;
  return [...ran, "succeeded"];
};

const to = (step: string) => ({ step });
const lost = "CallNotReceived";

test.each<{ ends: readonly End[]; tasks: string }>([
  { ends: [], tasks: "DispatchCall succeeded" },
  { ends: [to("listen_call"), to("over")], tasks: "DispatchCall ListenCall succeeded" },
  {
    ends: [to("listen_call"), lost, to("listen_call"), "States.Timeout"],
    tasks: "DispatchCall ListenCall DispatchCall ListenCall DispatchCall succeeded",
  },
  {
    ends: [to("sms"), to("listen_sms"), lost],
    tasks: "DispatchCall SendSms ListenSms SendSms succeeded",
  },
  {
    ends: ["Lambda.Unknown", "States.Timeout"],
    tasks: "DispatchCall DispatchCall DispatchCall succeeded",
  },
  {
    ends: [to("listen_call"), "Lambda.TooManyRequestsException", "AnyName", lost],
    tasks: "DispatchCall ListenCall ListenCall ListenCall DispatchCall succeeded",
  },
  { ends: [lost, "CallsOver"], tasks: "DispatchCall DispatchCall DispatchCall succeeded" },
])("where tasks end with $ends, these run: $tasks", async ({ ends, tasks }) => {
  expect(runHere(ends).join(" ")).toBe(tasks);
  expect((await runByLibrary(ends)).join(" ")).toBe(tasks);
});

test("whatever a task fails with, for as long as an execution lives, the machine repeats that task and no other", () => {
  for (const state of ["call", "sms"]) {
    const ends = [...(state === "sms" ? [to("sms")] : []), ...Array<string>(400).fill("Else")];
    const ran = new Set(runHere(ends).slice(state === "sms" ? 1 : 0, -1));
    expect([...ran]).toEqual([state === "sms" ? "SendSms" : "DispatchCall"]);
  }
});
