import { expect, test, vi } from "vitest";
import * as z from "zod";
import { functionNames } from "../../infra/settings/functions.ts";
import { hostTemplate } from "./host-template.ts";
import { resourcesOf, theOnly, type Template } from "./synthesize.ts";

vi.stubEnv("CDK_VALIDATION", "false");

const Description = z.object({ Description: z.string().startsWith("functions/") });

/** The functions of the service that send traces. */
const traced = (template: Template) =>
  resourcesOf(template, "AWS::Lambda::Function").flatMap(([, { Properties }]) => {
    const ours = Description.safeParse(Properties);
    const mode = z.object({ Mode: z.string() }).safeParse(Properties["TracingConfig"]);
    return ours.success && mode.data?.Mode === "Active" ? [ours.data.Description] : [];
  });

const machineOf = (template: Template) =>
  theOnly(template, "AWS::StepFunctions::StateMachine").Properties;

const mayTrace = (template: Template) =>
  resourcesOf(template, "AWS::IAM::Role").filter(([, { Properties }]) =>
    JSON.stringify(Properties).includes("xray:"),
  );

test("nothing sends traces, or may, unless the deployer wants them", () => {
  const template = hostTemplate();
  expect(traced(template)).toEqual([]);
  expect(machineOf(template)).toMatchObject({ TracingConfiguration: { Enabled: false } });
  expect(mayTrace(template)).toEqual([]);
});

test("with tracing every function and the state machine send traces, and each role may", () => {
  const template = hostTemplate({ tracing: true });
  expect(traced(template).sort()).toEqual(functionNames.map((name) => `functions/${name}`).sort());
  expect(machineOf(template)).toMatchObject({ TracingConfiguration: { Enabled: true } });
  expect(mayTrace(template)).toHaveLength(functionNames.length + 1);
});
