import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { parseJson } from "../data/parse-json.ts";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";
import type { StateMachines } from "./executions.ts";
import * as failures from "./step-functions-failure.ts";
import type { StepFunctionsFailure } from "./step-functions-failure.ts";
import type { TaskAnswer } from "./task-tokens.ts";

type StepFunctionsResult =
  { kind: "done"; body: unknown } | { kind: "refused"; failure: StepFunctionsFailure };

type Machines = Pick<StateMachines, "plans" | "start" | "answerTask">;

const StartExecution = z.object({
  stateMachineArn: z.string(),
  name: z.optional(z.string()),
  input: z.optional(z.string()),
});

const TaskToken = z.string().check(z.minLength(1), z.maxLength(2048));
const SendTaskSuccess = z.object({ taskToken: TaskToken, output: z.string() });
const SendTaskFailure = z.object({
  taskToken: TaskToken,
  error: z.optional(z.string().check(z.maxLength(256))),
  cause: z.optional(z.string().check(z.maxLength(32_768))),
});

/** The characters that a name must not hold [StartExecution, "name"]. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;
const MAX_BYTES = 256 * 1024;

/** Answers StartExecution, SendTaskSuccess and SendTaskFailure as Step Functions does (AWS JSON 1.0). */
export function answerStepFunctions(machines: Machines): (request: GatewayRequest) => Answer {
  return (request) => {
    const result = call(request, machines);
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-requestid": randomUUID(),
    };
    if (result.kind === "done") return { status: 200, headers, body: JSON.stringify(result.body) };
    const { type, message } = result.failure;
    return { status: 400, headers, body: JSON.stringify({ __type: type, message }) };
  };
}

function call({ headers, body }: GatewayRequest, machines: Machines): StepFunctionsResult {
  const input = parseJson(body.toString());
  switch (headers["x-amz-target"] ?? "") {
    case "AWSStepFunctions.StartExecution":
      return withInput(StartExecution, input, (given) => startExecution(given, machines));
    case "AWSStepFunctions.SendTaskSuccess":
      return withInput(SendTaskSuccess, input, ({ taskToken, output }) =>
        isJson(output)
          ? answerTask(taskToken, { kind: "succeeded", output: parseJson(output) }, machines)
          : refused(failures.invalidOutput),
      );
    case "AWSStepFunctions.SendTaskFailure":
      return withInput(SendTaskFailure, input, ({ taskToken, error = "", cause = "" }) =>
        answerTask(taskToken, { kind: "failed", error, cause }, machines),
      );
    default:
      return refused(failures.unknownOperation);
  }
}

function withInput<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: unknown,
  handle: (input: z.infer<Schema>) => StepFunctionsResult,
): StepFunctionsResult {
  const parsed = z.safeParse(schema, input);
  return parsed.success
    ? handle(parsed.data)
    : refused(failures.invalidRequest(z.prettifyError(parsed.error)));
}

function startExecution(
  { stateMachineArn, name = randomUUID(), input = "{}" }: z.infer<typeof StartExecution>,
  { plans, start }: Machines,
): StepFunctionsResult {
  if (!stateMachineArn.startsWith("arn:aws:states:")) return refused(failures.invalidArn);
  const machine = plans.find(({ arn }) => arn === stateMachineArn);
  if (!machine) return refused(failures.stateMachineDoesNotExist(stateMachineArn));
  if (name === "" || name.length > 80 || FORBIDDEN.test(name))
    return refused(failures.invalidName(name));
  if (!isJson(input)) return refused(failures.invalidInput);
  const started = start(machine, name, input);
  if (started.kind === "exists") return refused(failures.executionAlreadyExists(started.arn));
  const { arn, startedAt } = started.execution;
  return { kind: "done", body: { executionArn: arn, startDate: startedAt / 1000 } };
}

function answerTask(
  token: string,
  answer: TaskAnswer,
  machines: Pick<Machines, "answerTask">,
): StepFunctionsResult {
  switch (machines.answerTask(token, answer)) {
    case "taken":
      return { kind: "done", body: {} };
    case "timed_out":
      return refused(failures.taskTimedOut);
    case "unknown":
      return refused(failures.taskDoesNotExist);
    case "malformed":
      return refused(failures.invalidToken);
  }
}

function isJson(text: string): boolean {
  return Buffer.byteLength(text) <= MAX_BYTES && parseJson(text) !== undefined;
}

function refused(failure: StepFunctionsFailure): StepFunctionsResult {
  return { kind: "refused", failure };
}
