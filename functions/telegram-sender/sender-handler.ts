import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { readTelegramJob } from "../../lib/delivery/telegram-job.ts";
import { faultFields } from "../../lib/http/log.ts";
import { sendRequests } from "../../lib/telegram/send-requests.ts";
import type { Sender } from "../../lib/telegram/sender.ts";
import { settleMessages } from "../../lib/telegram/settle-messages.ts";

/**
 * Does the jobs of a batch, side by side. One that fails comes back by itself and, after a few times, ends among the
 * dead letters; the others are done.
 */
export const telegramSender =
  (sender: Sender) =>
  async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = await Promise.all(
      records.map(async ({ messageId, body }) => {
        try {
          const job = readTelegramJob(body);
          await (job.kind === "ask" ? sendRequests(sender, job) : settleMessages(sender, job));
          return [];
        } catch (fault) {
          sender.log.error("telegram_job_failed", { messageId, ...faultFields(fault) });
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  };
