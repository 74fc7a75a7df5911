import { expect, test } from "vitest";
import { readTelnyxStatus } from "../../../lib/phone/carriers/telnyx/telnyx-status.ts";
import { verificationId } from "../support/carriers.ts";

/** As in Telnyx's documents, with the event's and the verification's own ids. */
const webhook = (event: unknown, payload: object = {}) =>
  JSON.stringify({
    data: {
      event_type: event,
      id: "3bb6321b-abd5-4d60-8cf8-1e6026bb1c41",
      occurred_at: "2025-10-08T17:16:09.602+00:00",
      payload: {
        created_at: "2025-10-08T17:16:08.436941",
        custom_code: "25565",
        delivery_status: "delivered",
        failed_attempts: 0,
        id: verificationId,
        phone_number: "+13125000000",
        record_type: "verification",
        status: "pending",
        timeout_secs: null,
        type: "flashcall",
        ...payload,
      },
      record_type: "event",
    },
    meta: { attempt: 1, delivered_to: "https://example.com" },
  });

test("tells whose status it is and nothing else of the body", () => {
  expect(readTelnyxStatus(webhook("verify.delivered"))).toEqual({
    reference: verificationId,
    status: "delivered",
  });
});

test.each([
  ["verify.sent", "sent", "under_way"],
  ["verify.delivered", "delivered", "delivered"],
  ["verify.failed", "sending_failed", "failed"],
  ["verify.failed", "delivery_failed", "failed"],
  ["verify.delivered", "delivery_unconfirmed", "unknown"],
  ["verify.sent", "new word", "unknown"],
  ["verify.sent", undefined, "under_way"],
  ["verify.delivered", undefined, "delivered"],
  ["verify.failed", undefined, "failed"],
])("%s with delivery_status %s is %s", (event, delivery, status) => {
  expect(readTelnyxStatus(webhook(event, { delivery_status: delivery }))?.status).toBe(status);
});

test.each([
  ["another event", webhook("message.sent")],
  ["no event", webhook(undefined)],
  ["an event of another type", webhook(["verify.sent"])],
  ["no id", webhook("verify.sent", { id: undefined })],
  ["an id of another type", webhook("verify.sent", { id: 1 })],
  ["an id that is a path", webhook("verify.sent", { id: "../x" })],
  ["a long id", webhook("verify.sent", { id: "a".repeat(65) })],
  ["a status of another type", webhook("verify.sent", { delivery_status: 1 })],
  ["nothing", ""],
  ["null", "null"],
  ["a list", "[]"],
  ["truncated JSON", webhook("verify.sent").slice(0, -1)],
  ["deep nesting", "[".repeat(60_000)],
])("%s is no status", (_, body) => {
  expect(readTelnyxStatus(body)).toBeUndefined();
});
