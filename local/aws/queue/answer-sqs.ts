import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { parseJson } from "../data/parse-json.ts";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";
import type { QueuePlan } from "../plan/plan.ts";
import { md5 } from "./batch-event.ts";
import { changeVisibility } from "./change-visibility.ts";
import { checkMessage, MessageInput } from "./check-message.ts";
import type { Queues } from "./queues.ts";
import { sendBatch } from "./send-batch.ts";
import { invalidValue, missing, queueDoesNotExist, unsupported } from "./sqs-failure.ts";
import type { SqsFailure, SqsResult } from "./sqs-failure.ts";

const WithQueue = z.object({ QueueUrl: z.optional(z.string()) });

type CalledQueues = Pick<Queues, "plans" | "send" | "hide">;

/** Answers SendMessage, SendMessageBatch and ChangeMessageVisibility as SQS does (AWS JSON 1.0). */
export function answerSqs(queues: CalledQueues): (request: GatewayRequest) => Answer {
  return (request) => {
    const result = call(request, queues);
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-requestid": randomUUID(),
    };
    if (result.kind === "done") return { status: 200, headers, body: JSON.stringify(result.body) };
    const { type, code, message } = result.failure;
    return {
      status: 400,
      headers: { ...headers, "x-amzn-query-error": `${code};Sender` },
      body: JSON.stringify({ __type: type, message }),
    };
  };
}

function call({ headers, body }: GatewayRequest, queues: CalledQueues): SqsResult {
  const input = parseJson(body.toString());
  const target = WithQueue.safeParse(input);
  if (!target.success) return refused(invalidValue(z.prettifyError(target.error)));
  const { QueueUrl } = target.data;
  if (QueueUrl === undefined) return refused(missing("QueueUrl"));
  const name = QueueUrl.split("/").at(-1);
  const queue = queues.plans.find((plan) => plan.name === name);
  if (!queue) return refused(queueDoesNotExist);
  switch (headers["x-amz-target"] ?? "") {
    case "AmazonSQS.SendMessage":
      return sendMessage(input, queue, queues);
    case "AmazonSQS.SendMessageBatch":
      return sendBatch(input, queue, queues);
    case "AmazonSQS.ChangeMessageVisibility":
      return changeVisibility(input, queue, queues);
    default:
      return refused(
        unsupported(
          "The local queue only knows SendMessage, SendMessageBatch and ChangeMessageVisibility.",
        ),
      );
  }
}

function sendMessage(input: unknown, queue: QueuePlan, queues: CalledQueues): SqsResult {
  const parsed = MessageInput.safeParse(input);
  if (!parsed.success) return refused(invalidValue(z.prettifyError(parsed.error)));
  const message = checkMessage(parsed.data, queue);
  if ("refused" in message) return refused(message.refused);
  const [MessageId] = queues.send(queue, [message]);
  return { kind: "done", body: { MessageId, MD5OfMessageBody: md5(message.body) } };
}

function refused(failure: SqsFailure): SqsResult {
  return { kind: "refused", failure };
}
