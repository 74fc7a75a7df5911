import { PutEventsCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { ActivityEvents } from "./activity-events.ts";

/** Rules match on these two. */
const source = "twostep";
const detailType = "Account activity";

/**
 * Publishes one event for each entry. An entry that is published twice has the same `detail.id`. The details are the
 * account's id, what happened, when (ISO 8601), and the address and device as the person sees them in the Security tab.
 * Rejects if EventBridge did not take every entry.
 */
export const eventBridgeActivityEvents = (
  client: EventBridgeClient,
  busName: string,
): ActivityEvents => ({
  async publish(notices) {
    const answer = await client.send(
      new PutEventsCommand({
        // A decision adds at most three entries. One call takes ten.
        Entries: notices.map(
          ({ account, event, vocabulary, at, n, ip, device, times, method }) => ({
            EventBusName: busName,
            Source: source,
            DetailType: detailType,
            Time: new Date(at),
            Detail: JSON.stringify({
              id: `${account}.${n}.${at}`,
              account,
              activity: event,
              event: vocabulary,
              at: new Date(at).toISOString(),
              ip,
              device,
              ...(times !== undefined && { times }),
              ...(method !== undefined && { method }),
            }),
          }),
        ),
      }),
    );
    if (answer.FailedEntryCount !== 0) throw new Error("EventBridge took not all entries.");
  },
});
