import * as z from "zod/mini";
import type { CallStatus } from "../carrier.ts";
import type { CallNews } from "../carrier-entry.ts";

/** Telnyx's word for how far a verification got, in its webhooks and perhaps in its look-up. */
export const DeliveryStatus = z.pipe(
  z.string(),
  z.transform((status: string): CallStatus => {
    switch (status) {
      case "sent":
        return "under_way";
      case "delivered":
        return "delivered";
      case "sending_failed":
      case "delivery_failed":
        return "failed";
      default: // "delivery_unconfirmed", and what is not known yet
        return "unknown";
    }
  }),
);

/** The form of Telnyx's ids, which are UUIDs. Only such an id is put into a path or looked for. */
export const VerificationId = z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/));

const Webhook = z.object({
  data: z.object({
    event_type: z.literal(["verify.sent", "verify.delivered", "verify.failed"]),
    // `data.id` is the event's id; the payload's `id` is the verification's.
    payload: z.object({ id: VerificationId, delivery_status: z.optional(DeliveryStatus) }),
  }),
});

/**
 * What a webhook of Telnyx Verify says, and of which call; undefined if it is about something else. Its body carries
 * the number, and may carry the code: only the reference and the status leave.
 *
 * @param rawBody a body whose signature is right, see `verifyTelnyxSignature`.
 */
export const readTelnyxStatus = (rawBody: string): CallNews | undefined => {
  const webhook = Webhook.safeParse(parse(rawBody));
  if (!webhook.success) return undefined;
  const { event_type: event, payload } = webhook.data.data;
  return { reference: payload.id, status: payload.delivery_status ?? statusOf(event) };
};

const statusOf = (event: "verify.sent" | "verify.delivered" | "verify.failed"): CallStatus => {
  switch (event) {
    case "verify.sent":
      return "under_way";
    case "verify.delivered":
      return "delivered";
    case "verify.failed":
      return "failed";
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The error quotes the body, so it goes no further.
    return undefined;
  }
};
