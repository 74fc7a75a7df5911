import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Access } from "./access.ts";

export type TelegramQueueProps = {
  /** The timeout of the function that reads the queue. */
  consumerTimeoutSeconds: number;
};

/**
 * The queue of Telegram jobs: prompts, closes and notices. A job has only ids and languages, so nothing here is worth
 * reading.
 */
export class TelegramQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

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
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds),
      deadLetterQueue: { maxReceiveCount: 3, queue: this.deadLetters },
    });
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

  /** Allows exactly what Lambda needs from the role of the function that gets the messages. */
  allowReceive(): Access {
    return {
      environment: {},
      statements: [
        new PolicyStatement({
          actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
          resources: [this.queue.queueArn],
        }),
      ],
    };
  }

  /**
   * Delivers messages to a function that has `allowReceive`, up to 10 at once and without waiting for more, because a
   * person is looking at the page. CDK's `SqsEventSource` would widen the role.
   */
  deliverTo(consumer: LambdaFunction): void {
    new EventSourceMapping(this, "Delivery", {
      target: consumer,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
  }
}
