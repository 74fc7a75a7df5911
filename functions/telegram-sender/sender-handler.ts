import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { readTelegramJob } from "../../lib/telegram/telegram-job.ts";
import type { TelegramJob } from "../../lib/telegram/telegram-queue.ts";
import { failure } from "../../lib/log/measure.ts";
import { faultFields } from "../../lib/log/log.ts";
import { retryDelaySeconds } from "../../lib/telegram/retry-delay.ts";
import { sendRequests } from "../../lib/telegram/send-requests.ts";
import type { Sender } from "../../lib/telegram/sender.ts";
import { closeMessages } from "../../lib/telegram/close-messages.ts";
import { tellOwner } from "../../lib/telegram/tell-owner.ts";

/**
 * Does the jobs of a batch side by side. A job that fails comes back by itself, first within seconds and then more and
 * more slowly; after the life of a challenge it ends among the dead letters. The other jobs are done.
 */
export const telegramSender =
  (sender: Sender) =>
  async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = await Promise.all(
      records.map(async (record) => {
        let job: TelegramJob | undefined;
        try {
          job = readTelegramJob(record.body);
          await perform(sender, job);
          return [];
        } catch (fault) {
          if (job?.kind === "prompt") sender.log.measure(failure("TelegramFailed", true, {}));
          await comeBackLater(sender, record, job?.kind, fault);
          return [{ itemIdentifier: record.messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  };

/** If the queue does not hear of the delay, the job comes back after the visibility timeout. */
const comeBackLater = async (
  { failedJobs, log }: Sender,
  { messageId, receiptHandle, attributes }: SQSRecord,
  kind: TelegramJob["kind"] | undefined,
  fault: unknown,
): Promise<void> => {
  const receives = Number(attributes.ApproximateReceiveCount);
  const seconds = retryDelaySeconds(kind, receives);
  log.error("telegram_job_failed", { messageId, receives, ...faultFields(fault) });
  try {
    await failedJobs.hide(receiptHandle, seconds);
  } catch (unheard) {
    log.warn("telegram_retry_delayed", { messageId, ...faultFields(unheard) });
  }
};

const perform = (sender: Sender, job: TelegramJob): Promise<void> => {
  switch (job.kind) {
    case "prompt":
      return sendRequests(sender, job);
    case "close":
      return closeMessages(sender, job);
    case "notify":
      return tellOwner(sender, job);
  }
};
