import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { expect, test } from "vitest";
import { fallbackOf } from "./fallback-definition.ts";
import { synthesize } from "./synthesize.ts";

const fallback = fallbackOf(synthesize().template);

const failing = (name: string) => Object.assign(new Error(name), { name });

/** Climbs the template's own fallback: what each attempt ends with, in order; nothing: success. Returns the attempts that were tried. */
async function climb(...ends: string[]): Promise<string[]> {
  const tried: string[] = [];
  const attempt = (name: string) => () => {
    const end = ends[tried.push(name) - 1];
    return end === undefined ? Promise.resolve({}) : Promise.reject(failing(end));
  };
  const input = { accountId: "an-account", ownerId: "a-challenge" };
  // The interpreter's types know no `null` paths; it does.
  const definition = fallback as unknown as StateMachineDefinition;
  const machine = new StateMachine(definition, { validationOptions: { checkArn: false } });
  const output = await machine.run(input, {
    context: { Task: { Token: "a-token" } },
    overrides: {
      taskResourceLocalHandlers: { DispatchCall: attempt("call"), SendSms: attempt("sms") },
      retryIntervalOverrides: { DispatchCall: 0, SendSms: 0 },
    },
  }).result;
  expect(output).toEqual(input);
  return tried;
}

const lost = "CallNotReceived";

test.each([
  { ends: [], attempts: "call" },
  { ends: [lost], attempts: "call call" },
  { ends: ["States.Timeout", lost], attempts: "call call call" },
  { ends: [lost, lost, lost], attempts: "call call call sms" },
  { ends: [lost, lost, lost, lost], attempts: "call call call sms sms" },
  { ends: [lost, lost, lost, lost, lost], attempts: "call call call sms sms" },
  { ends: ["CallsOver"], attempts: "call sms" },
  { ends: ["CallsOver", "States.Timeout"], attempts: "call sms" },
  { ends: ["Lambda.Unknown", lost, lost, lost], attempts: "call call call call sms" },
  { ends: ["SomethingElse", "SomethingElse"], attempts: "call sms" },
])("where attempts end with $ends, the fallback tries: $attempts", async ({ ends, attempts }) => {
  expect((await climb(...ends)).join(" ")).toBe(attempts);
});
