import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { triesWithin } from "../../lib/settings/back-off.ts";
import type { Access } from "./access.ts";

export type TelegramQueueProps = {
  /** The timeout of the function that reads the queue. */
  consumerTimeoutSeconds: number;
  /** How long failed jobs are tried again: the life of a challenge. */
  tryForSeconds: number;
  /** The concurrency that is reserved for that function; undefined: it takes part in what the account has left. */
  consumerConcurrency: number | undefined;
};

/** Without a reservation: enough for 30 messages a second, which Telegram takes of a bot, and little of a new account. */
const sharedConcurrency = 5;

/**
 * The queue of Telegram jobs: prompts, closes and notices. A job has only ids and languages, so nothing here is worth
 * reading.
 */
export class TelegramQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly maxConcurrency: number;

  constructor(scope: Construct, id: string, props: TelegramQueueProps) {
    super(scope, id);
    const settings = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, "DeadLetters", {
      ...settings,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, "Queue", {
      ...settings,
      // AWS recommends this: a batch whose invocation was throttled is tried again before another consumer can see it.
      // Jobs that fail do not wait for it: the function hides each for a time of its own.
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds),
      deadLetterQueue: {
        maxReceiveCount: triesWithin(props.tryForSeconds),
        queue: this.deadLetters,
      },
    });
    this.maxConcurrency = props.consumerConcurrency ?? sharedConcurrency;
  }

  /** Allows only sending to this queue. */
  allowSend(): Access {
    return {
      environment: { TELEGRAM_QUEUE_URL: this.queue.queueUrl },
      statements: [
        new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }),
      ],
    };
  }

  /** Allows what Lambda needs from the role of the function that gets the messages, and that it hides failed ones. */
  allowReceive(): Access {
    return {
      environment: {},
      statements: [
        new PolicyStatement({
          actions: [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            // The function's own call, for a job that failed.
            "sqs:ChangeMessageVisibility",
          ],
          resources: [this.queue.queueArn],
        }),
      ],
    };
  }

  /**
   * Delivers messages to a function that has `allowReceive`, up to 10 at once and without waiting for more, because a
   * person is looking at the page. CDK's `SqsEventSource` would widen the role.
   *
   * Lambda takes no more messages than the function has instances for. Without that limit it would take them, be
   * throttled, and give them back as failed: a burst would end among the dead letters.
   */
  deliverTo(consumer: IFunction): void {
    new EventSourceMapping(this, "Delivery", {
      target: consumer,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: this.maxConcurrency,
    });
  }
}
