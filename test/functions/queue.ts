import { afterAll } from "vitest";
import { startLoopback } from "../../local/aws/http/loopback.ts";
import { answerSqs } from "../../local/aws/queue/answer-sqs.ts";
import type { NewMessage } from "../../local/aws/queue/queues.ts";

/** A queue that remembers what it was sent and gives it to nobody; it ends with the test file. */
export const startQueue = async (): Promise<{
  readonly endpoint: string;
  readonly url: string;
  readonly messages: readonly NewMessage[];
}> => {
  const messages: NewMessage[] = [];
  const server = await startLoopback((fault) => console.error(fault));
  const plan = {
    name: "Jobs",
    arn: "arn:aws:sqs:eu-central-1:000000000000:Jobs",
    DelaySeconds: 0,
    MaximumMessageSize: 1_048_576,
    MessageRetentionPeriod: 345_600,
    VisibilityTimeout: 180,
    FifoQueue: false as const,
  };
  const send = (_: unknown, sent: readonly NewMessage[]) => {
    const first = messages.length;
    messages.push(...sent);
    return sent.map((_one, i) => String(first + i));
  };
  server.serve(answerSqs({ plans: [plan], send, hide: () => false }));
  afterAll(server.stop);
  return { endpoint: server.endpoint, url: `${server.endpoint}/000000000000/Jobs`, messages };
};
