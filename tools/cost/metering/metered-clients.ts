import { setImmediate } from "node:timers/promises";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient, TaskTimedOut } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { TaskAnswer } from "../../../local/aws/step-functions/task-tokens.ts";
import type { TelegramJob } from "../../../lib/telegram/telegram-queue.ts";
import { readTelegramJob } from "../../../lib/telegram/telegram-job.ts";
import type { Meter } from "./meter.ts";

/** The receivers of the requests to other AWS services. */
export type Receivers = {
  readonly queued: (job: TelegramJob, delaySeconds: number) => void;
  readonly started: (name: string, input: string) => void;
  readonly texted: (message: string) => void;
  /** Returns undefined if no task waits for the token any more. */
  readonly answered: (token: string, answer: TaskAnswer) => "taken" | undefined;
};

const region = "eu-central-1";

/**
 * The functions' own AWS clients, answered in this process. They count each request with its size and hand its content
 * to a receiver.
 */
export const meteredClients = (meter: Meter, { queued, started, texted, answered }: Receivers) => {
  const [sqs, sfn] = [new SQSClient({ region }), new SFNClient({ region })];
  const eventBridge = new EventBridgeClient({ region });
  const sns = new SNSClient({ region, maxAttempts: 1 });
  const options = { step: "initialize", name: "meter" } as const;
  const count = (commandName: string | undefined, input: object, amount = 1) =>
    meter.call(
      {
        to: "aws",
        operation: (commandName ?? "").replace("Command", ""),
        bytes: JSON.stringify(input).length,
        amount,
      },
      // Requests that run side by side must not look like a series.
      () => setImmediate(),
    );
  const done = { $metadata: {} };

  sqs.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => {
        await count(commandName, input);
        if (!("MessageBody" in input)) throw new Error("A message without a body.");
        queued(readTelegramJob(input.MessageBody ?? ""), input.DelaySeconds ?? 0);
        return { output: done, response: undefined };
      },
    options,
  );
  sfn.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => {
        await count(commandName, input);
        if ("stateMachineArn" in input && "input" in input) {
          started(input.name ?? "", input.input ?? "{}");
          return {
            output: { ...done, executionArn: "", startDate: new Date(0) },
            response: undefined,
          };
        }
        if (!("taskToken" in input)) throw new Error("Neither a start nor a task's answer.");
        const answer: TaskAnswer =
          "output" in input
            ? { kind: "succeeded", output: JSON.parse(input.output ?? "{}") as unknown }
            : { kind: "failed", error: "error" in input ? (input.error ?? "") : "", cause: "" };
        if (answered(input.taskToken ?? "", answer) === undefined) {
          throw new TaskTimedOut({ ...done, message: "Task Timed Out" });
        }
        return { output: done, response: undefined };
      },
    options,
  );
  eventBridge.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => {
        if (!("Entries" in input)) throw new Error("No entries to put.");
        await count(commandName, input, input.Entries?.length);
        return { output: { ...done, FailedEntryCount: 0, Entries: [] }, response: undefined };
      },
    options,
  );
  sns.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => {
        await count(commandName, input);
        if (!("Message" in input)) throw new Error("An SMS without a text.");
        texted(input.Message ?? "");
        return { output: { ...done, MessageId: "message" }, response: undefined };
      },
    options,
  );
  return { sqs, sfn, eventBridge, sns };
};
