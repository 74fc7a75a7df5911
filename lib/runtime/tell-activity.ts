import type { ActivityEvents, ActivityNotice } from "./activity-events.ts";
import { faultFields, type Log } from "../log/log.ts";
import { failure } from "../log/measure.ts";

/** Writes one line for each entry that a saved decision added to recent activity. */
export const logActivity = (log: Log, notices: readonly ActivityNotice[]): void => {
  for (const { vocabulary, event, account, ip, device } of notices) {
    log.info(vocabulary, { event: vocabulary, activity: event, account, ip, device });
  }
};

/**
 * Publishes the entries to the deployer's other systems. If the bus is down, people can still sign in: the entries are
 * in the log and in the account, and a line for each says that it was not published.
 */
export const publishActivity = async (
  { events, log }: { readonly events: ActivityEvents; readonly log: Log },
  notices: readonly ActivityNotice[],
): Promise<void> => {
  if (notices.length === 0) return;
  try {
    await events.publish(notices);
    notices.forEach(() => log.measure(failure("ActivityLost", false, {})));
  } catch (fault) {
    for (const { event, account } of notices) {
      log.measure(failure("ActivityLost", true, {}));
      log.error("activity_not_published", { activity: event, account, ...faultFields(fault) });
    }
  }
};
