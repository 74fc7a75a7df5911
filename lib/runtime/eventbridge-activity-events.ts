import { PutEventsCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { ActivityEvents } from "./activity-events.ts";

/** What rules match on. */
const source = "twostep";
const detailType = "Account activity";

/**
 * One event an entry. `detail.id` is the same if the same entry is told twice; the details are the account's id, what
 * happened, when (ISO 8601), and the address and device as the person sees them in the Security tab. Rejects if any
 * entry was not taken.
 */
export const eventBridgeActivityEvents = (
  client: EventBridgeClient,
  busName: string,
): ActivityEvents => ({
  async publish(notices) {
    const answer = await client.send(
      new PutEventsCommand({
        // A decision adds three entries at most, far fewer than the ten that one call takes.
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
