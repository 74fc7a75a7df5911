import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { expect, test } from "vitest";
import { ladderOf } from "./ladder-definition.ts";
import { synthesize } from "./synthesize.ts";

const ladder = ladderOf(synthesize().template);

const failing = (name: string) => Object.assign(new Error(name), { name });

/** Climbs the template's own ladder: what each attempt ends with, in order; nothing: success. Returns the rungs that were tried. */
async function climb(...ends: string[]): Promise<string[]> {
  const tried: string[] = [];
  const rung = (name: string) => () => {
    const end = ends[tried.push(name) - 1];
    return end === undefined ? Promise.resolve({}) : Promise.reject(failing(end));
  };
  const input = { accountId: "an-account", subjectId: "a-challenge" };
  // The interpreter's types know no `null` paths; it does.
  const definition = ladder as unknown as StateMachineDefinition;
  const machine = new StateMachine(definition, { validationOptions: { checkArn: false } });
  const output = await machine.run(input, {
    context: { Task: { Token: "a-token" } },
    overrides: {
      taskResourceLocalHandlers: { DispatchCall: rung("call"), SendSms: rung("sms") },
      retryIntervalOverrides: { DispatchCall: 0, SendSms: 0 },
    },
  }).result;
  expect(output).toEqual(input);
  return tried;
}

const lost = "CallNotReceived";

test.each([
  { ends: [], rungs: "call" },
  { ends: [lost], rungs: "call call" },
  { ends: ["States.Timeout", lost], rungs: "call call call" },
  { ends: [lost, lost, lost], rungs: "call call call sms" },
  { ends: [lost, lost, lost, lost], rungs: "call call call sms sms" },
  { ends: [lost, lost, lost, lost, lost], rungs: "call call call sms sms" },
  { ends: ["CallsOver"], rungs: "call sms" },
  { ends: ["CallsOver", "States.Timeout"], rungs: "call sms" },
  { ends: ["Lambda.Unknown", lost, lost, lost], rungs: "call call call call sms" },
  { ends: ["SomethingElse", "SomethingElse"], rungs: "call sms" },
])("where attempts end with $ends, the ladder tries: $rungs", async ({ ends, rungs }) => {
  expect((await climb(...ends)).join(" ")).toBe(rungs);
});
