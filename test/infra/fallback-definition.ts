import * as z from "zod";
import { settingsOfOnly } from "./synthesize.ts";
import type { Template } from "./synthesize.ts";

const Retrier = z.strictObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number(),
  MaxAttempts: z.number(),
  BackoffRate: z.number(),
});
export type Retrier = z.infer<typeof Retrier>;

// Strict all through: JSONata, variables, paths and whatever else the local interpreter would pass over, or wait 60 s for, is an error.
const Task = z.strictObject({
  Type: z.literal("Task"),
  Resource: z.string(),
  Parameters: z.strictObject({
    FunctionName: z.string(),
    Payload: z.record(z.string(), z.string()),
  }),
  TimeoutSeconds: z.number(),
  ResultPath: z.null(),
  Retry: z.array(Retrier),
  Catch: z.array(
    z.strictObject({ ErrorEquals: z.array(z.string()), ResultPath: z.null(), Next: z.string() }),
  ),
  End: z.literal(true),
});
export type Task = z.infer<typeof Task>;

const Definition = z.strictObject({
  StartAt: z.string(),
  States: z.record(
    z.string(),
    z.discriminatedUnion("Type", [Task, z.strictObject({ Type: z.literal("Succeed") })]),
  ),
  TimeoutSeconds: z.number(),
});
export type Definition = z.infer<typeof Definition>;

/** The state machine's definition as the template gives it, parsed. */
export function fallbackOf(template: Template): Definition {
  const { DefinitionString: text } = settingsOfOnly(template, "AWS::StepFunctions::StateMachine");
  return Definition.parse(JSON.parse(z.string().parse(text)));
}
