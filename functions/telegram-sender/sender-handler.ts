import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { readTelegramJob } from "../../lib/telegram/telegram-job.ts";
import type { TelegramJob } from "../../lib/telegram/telegram-queue.ts";
import { failure } from "../../lib/log/measure.ts";
import { faultFields } from "../../lib/log/log.ts";
import { sendRequests } from "../../lib/telegram/send-requests.ts";
import type { Sender } from "../../lib/telegram/sender.ts";
import { closeMessages } from "../../lib/telegram/close-messages.ts";
import { tellOwner } from "../../lib/telegram/tell-owner.ts";

/**
 * Does the jobs of a batch side by side. A job that fails comes back by itself and, after a few times, ends among the
 * dead letters; the other jobs are done.
 */
export const telegramSender =
  (sender: Sender) =>
  async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = await Promise.all(
      records.map(async ({ messageId, body }) => {
        let job: TelegramJob | undefined;
        try {
          job = readTelegramJob(body);
          await perform(sender, job);
          return [];
        } catch (fault) {
          if (job?.kind === "prompt") sender.log.measure(failure("TelegramFailed", true, {}));
          sender.log.error("telegram_job_failed", { messageId, ...faultFields(fault) });
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
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
