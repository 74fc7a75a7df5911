import * as z from "zod";
import { settingsOfOnly } from "./synthesize.ts";
import type { Template } from "./synthesize.ts";

const Retrier = z.strictObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().optional(),
  MaxAttempts: z.number(),
  BackoffRate: z.number().optional(),
  MaxDelaySeconds: z.number().optional(),
  JitterStrategy: z.literal("FULL").optional(),
});

// Strict all through: JSONata, variables, paths and whatever else the local interpreter would pass over, or wait 60 s for, is an error.
const Task = z.strictObject({
  Type: z.literal("Task"),
  Resource: z.string(),
  Parameters: z.strictObject({
    FunctionName: z.string(),
    Payload: z.record(z.string(), z.string()),
  }),
  TimeoutSeconds: z.number().optional(),
  TimeoutSecondsPath: z.string().optional(),
  OutputPath: z.string().optional(),
  Retry: z.array(Retrier),
  Catch: z
    .array(
      z.strictObject({ ErrorEquals: z.array(z.string()), ResultPath: z.null(), Next: z.string() }),
    )
    .optional(),
  Next: z.string(),
});

const Choice = z.strictObject({
  Type: z.literal("Choice"),
  Choices: z.array(
    z.strictObject({ Variable: z.string(), StringEquals: z.string(), Next: z.string() }),
  ),
  Default: z.string(),
});

const Wait = z.strictObject({
  Type: z.literal("Wait"),
  SecondsPath: z.string(),
  Next: z.string(),
});

const Definition = z.strictObject({
  StartAt: z.string(),
  States: z.record(
    z.string(),
    z.discriminatedUnion("Type", [
      Task,
      Choice,
      Wait,
      z.strictObject({ Type: z.literal("Succeed") }),
    ]),
  ),
  TimeoutSeconds: z.number(),
});
export type Definition = z.infer<typeof Definition>;

/** The state machine's definition as the template gives it, parsed. */
export function fallbackOf(template: Template): Definition {
  const { DefinitionString: text } = settingsOfOnly(template, "AWS::StepFunctions::StateMachine");
  return Definition.parse(JSON.parse(z.string().parse(text)));
}
