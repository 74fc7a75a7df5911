import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterAll, expect, test } from "vitest";
import type { ActivityNotice } from "../../lib/runtime/activity-events.ts";
import { eventBridgeActivityEvents } from "../../lib/runtime/eventbridge-activity-events.ts";
import { startEventBridge } from "../functions/event-bridge.ts";
import { accountId } from "../support/ids.ts";
import { noon } from "../support/time.ts";

const { endpoint, events } = await startEventBridge("activity");
const client = new EventBridgeClient({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
});
afterAll(() => client.destroy());

const notice: ActivityNotice = {
  account: accountId("ann"),
  event: "totp_enabled",
  vocabulary: "user_updated",
  at: noon,
  n: 7,
  ip: "203.0.113.7",
  device: "Firefox on Windows",
};

test("an entry is one event, which has the same id when it is told again", async () => {
  const bus = eventBridgeActivityEvents(client, "activity");
  await bus.publish([notice, { ...notice, n: 8 }]);
  await bus.publish([notice]);
  expect(events).toHaveLength(3);
  expect(events[0]).toMatchObject({
    bus: "activity",
    source: "twostep",
    type: "Account activity",
    detail: {
      id: `ann.7.${noon}`,
      account: "ann",
      activity: "totp_enabled",
      event: "user_updated",
      at: new Date(noon).toISOString(),
      ip: "203.0.113.7",
      device: "Firefox on Windows",
    },
  });
  expect(events[2]?.detail).toEqual(events[0]?.detail);
  // The same thing in the same millisecond is another entry.
  expect(events[1]?.detail).toMatchObject({ id: `ann.8.${noon}` });
});

test("an entry that the bus did not take is a fault", async () => {
  await expect(eventBridgeActivityEvents(client, "another").publish([notice])).rejects.toThrow(
    "not all",
  );
});
