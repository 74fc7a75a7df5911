import * as z from "zod/mini";
import { parseJson } from "../data/parse-json.ts";
import { faultOfPayload } from "./payload.ts";

// Amazon States Language, as far as the templates here need it. The schemas are strict: a definition with anything
// else, such as JSONata or variables, is refused when the template is read, and not ignored while an execution runs.

const Seconds = z.int().check(z.gte(1), z.lte(99_999_999));
const ErrorNames = z.array(z.string()).check(z.minLength(1));

const Retrier = z.strictObject({
  ErrorEquals: ErrorNames,
  IntervalSeconds: z._default(Seconds, 1),
  MaxAttempts: z._default(z.int().check(z.gte(0)), 3),
  BackoffRate: z._default(z.number().check(z.gte(1)), 2),
  MaxDelaySeconds: z.optional(Seconds),
  JitterStrategy: z.optional(z.enum(["FULL", "NONE"])),
});

export type Retrier = z.infer<typeof Retrier>;

/** `null`: the state passes its input on, and drops the result. `$`: the result takes the input's place. */
const ResultPath = z._default(z.nullable(z.literal("$")), "$");

const Catcher = z.strictObject({ ErrorEquals: ErrorNames, ResultPath, Next: z.string() });

/** Only fields of the input: `$.waitSeconds`. */
const FieldPath = z.string().check(z.regex(/^\$(\.[A-Za-z_]\w*)+$/));

/** A task of this resource waits until its token comes back; the other one's result is what its function returns. */
export const WAITS = "arn:aws:states:::lambda:invoke.waitForTaskToken";

const Task = z.strictObject({
  Type: z.literal("Task"),
  Comment: z.optional(z.string()),
  Resource: z.enum([WAITS, "arn:aws:states:::lambda:invoke"]),
  Parameters: z.strictObject({ FunctionName: z.string(), Payload: z.unknown() }),
  // Without either, a task whose token is lost would wait for a year.
  TimeoutSeconds: z.optional(Seconds),
  TimeoutSecondsPath: z.optional(FieldPath),
  ResultPath,
  /** What goes on of the function's result and what Lambda says of it. */
  OutputPath: z._default(z.literal(["$", "$.Payload"]), "$"),
  Retry: z._default(z.array(Retrier), []),
  Catch: z._default(z.array(Catcher), []),
  Next: z.optional(z.string()),
  End: z.optional(z.literal(true)),
});

export type Task = z.infer<typeof Task>;

const Succeed = z.strictObject({
  Type: z.literal("Succeed"),
  Comment: z.optional(z.string()),
});

const Wait = z.strictObject({
  Type: z.literal("Wait"),
  Comment: z.optional(z.string()),
  SecondsPath: FieldPath,
  Next: z.string(),
});

export type Wait = z.infer<typeof Wait>;

const Choice = z.strictObject({
  Type: z.literal("Choice"),
  Comment: z.optional(z.string()),
  Choices: z
    .array(z.strictObject({ Variable: FieldPath, StringEquals: z.string(), Next: z.string() }))
    .check(z.minLength(1)),
  Default: z.string(),
});

export type Choice = z.infer<typeof Choice>;

const Definition = z.strictObject({
  Comment: z.optional(z.string()),
  QueryLanguage: z.optional(z.literal("JSONPath")),
  StartAt: z.string(),
  States: z.record(z.string(), z.discriminatedUnion("Type", [Task, Wait, Choice, Succeed])),
  TimeoutSeconds: z.optional(Seconds),
});

/** The definition of a state machine. */
export type Definition = z.infer<typeof Definition>;

/**
 * Reads a definition, and gives its tasks the function names that `functionNamed` returns. Throws if Step Functions
 * does not allow the definition, or if the local stack cannot run it.
 */
export function readDefinition(
  text: string,
  functionNamed: (nameOrArn: string) => string,
): Definition {
  const parsed = Definition.safeParse(parseJson(text));
  if (!parsed.success)
    throw new Error(`The local stack cannot run this definition: ${z.prettifyError(parsed.error)}`);
  const faults = faultsOf(parsed.data);
  if (faults.length > 0) throw new Error(`The definition is wrong: ${faults.join("; ")}`);
  const States = Object.entries(parsed.data.States).map(([name, state]) => {
    if (state.Type !== "Task") return [name, state] as const;
    const FunctionName = functionNamed(state.Parameters.FunctionName);
    return [name, { ...state, Parameters: { ...state.Parameters, FunctionName } }] as const;
  });
  return { ...parsed.data, States: Object.fromEntries<Definition["States"][string]>(States) };
}

function faultsOf({ StartAt, States }: Definition): string[] {
  const isMissing = (name: string): boolean => !Object.hasOwn(States, name);
  const tasks = Object.entries(States).flatMap(([name, state]) =>
    state.Type === "Task" ? [[name, state] as const] : [],
  );
  return [
    ...(isMissing(StartAt) ? [`StartAt names no state: ${StartAt}`] : []),
    ...Object.entries(States).flatMap(([name, state]) =>
      nextsOf(state)
        .filter(isMissing)
        .map((next) => `${name} goes on to no state: ${next}`),
    ),
    ...tasks.flatMap(([name, task]) => {
      const payload = faultOfPayload(task.Parameters.Payload);
      return [
        ...((task.TimeoutSeconds === undefined) === (task.TimeoutSecondsPath === undefined)
          ? [`${name} needs either TimeoutSeconds or TimeoutSecondsPath`]
          : []),
        ...((task.Next === undefined) === (task.End === undefined)
          ? [`${name} needs either Next or End`]
          : []),
        ...(payload === undefined ? [] : [`${name}: ${payload}`]),
        ...[task.Retry, task.Catch]
          .filter(namesAllTooSoon)
          .map(() => `${name} names States.ALL before others, or among them`),
      ];
    }),
  ];
}

function nextsOf(state: Definition["States"][string]): readonly string[] {
  switch (state.Type) {
    case "Task":
      return [...(state.Next === undefined ? [] : [state.Next]), ...state.Catch.map(nextOf)];
    case "Wait":
      return [state.Next];
    case "Choice":
      return [...state.Choices.map(nextOf), state.Default];
    case "Succeed":
      return [];
  }
}

const nextOf = ({ Next }: { Next: string }): string => Next;

/** "States.ALL" must stand alone, and last [states-language.net, Errors]. */
function namesAllTooSoon(clauses: readonly { ErrorEquals: readonly string[] }[]): boolean {
  return clauses.some(
    ({ ErrorEquals }, index) =>
      ErrorEquals.includes("States.ALL") && (ErrorEquals.length > 1 || index < clauses.length - 1),
  );
}
