import { backOffSeconds } from "../settings/back-off.ts";
import type { TelegramJob } from "./telegram-queue.ts";

/**
 * A notice that was tried stays claimed for up to a minute (`tell-owner.ts`). A try before that would find the claim,
 * take the chat for told, and lose the notice.
 */
const noticeDelaySeconds = 65;

/**
 * How long a job that failed stays away.
 *
 * @param kind undefined for a job that could not be read.
 * @param receives how often the queue has given out the job, this time included.
 */
export const retryDelaySeconds = (
  kind: TelegramJob["kind"] | undefined,
  receives: number,
): number => {
  const seconds = backOffSeconds(receives);
  return kind === "notify" ? Math.max(noticeDelaySeconds, seconds) : seconds;
};
