import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { askCarrier, type Answer } from "../ask-carrier.ts";
import type { CallOrder, CallResult, CallStatus, Carrier } from "../carrier.ts";
import type { CarrierOptions } from "../carrier-entry.ts";

export type UcallerCredentials = { readonly key: string; readonly serviceId: string };

/**
 * Only `error` marks a refusal: `{"status":false}` also comes with a `ucaller_id`, for a call that uCaller made and
 * that did not get through. With an error, `code` is its number; otherwise it is our own four digits.
 */
const InitCall = z.object({
  status: z.boolean(),
  error: z.optional(z.nullable(z.string())),
  code: z.optional(z.union([z.number(), z.string()])),
  ucaller_id: z.optional(z.number().check(z.int(), z.positive())),
});

const GetInfo = z.object({ call_status: z.literal([-1, 0, 1]) });

/** Few orders have an unknown outcome; this bounds them all the same. */
const maxUnanswered = 50;

/**
 * uCaller, where we choose the code [developer.ucaller.ru: initCall, getInfo, errors].
 *
 * The number goes out as a JSON number (uCaller refuses text), the code as text (a number would lose its zeros).
 * `unique` makes a repeated order the same call. uCaller has no look-up by it. To learn of an unanswered order, the
 * adapter places it again: the order that it is given or, without one, that of its own process.
 */
export const ucallerCarrier = ({
  credentials: { key, serviceId },
  baseUrl,
  fetch = globalThis.fetch,
}: CarrierOptions<UcallerCredentials>): Carrier<"ucaller"> => {
  const unanswered = new Map<string, CallOrder>();

  const ask = <Schema extends z.ZodMiniType>(method: string, body: unknown, schema: Schema) =>
    askCarrier(
      fetch,
      {
        method: "POST",
        url: new URL(`/v1.0/${method}`, baseUrl),
        headers: { authorization: `Bearer ${key}.${serviceId}` },
        body,
      },
      schema,
    );

  const initCall = async (order: CallOrder): Promise<CallResult> => {
    const phone = Number(order.number.slice(1));
    const body = { phone, code: order.code, unique: uniqueOf(order.sendId) };
    const result = readInitCall(await ask("initCall", body, InitCall));
    if (result.kind === "unknown") unanswered.set(order.sendId, order);
    if (result.kind === "placed") unanswered.delete(order.sendId);
    const [oldest] = unanswered.keys();
    if (oldest !== undefined && unanswered.size > maxUnanswered) unanswered.delete(oldest);
    return result;
  };

  return {
    name: "ucaller",
    kind: "we_choose",

    async place(order) {
      // uCaller's numbers end in 0001 to 9999.
      if (!/^\d{4}$/.test(order.code) || order.code === "0000") {
        return { kind: "refused", reason: "rejected" };
      }
      return initCall(order);
    },

    async status({ sendId, reference, order = unanswered.get(sendId) }) {
      if (reference !== null) {
        if (!/^\d{1,15}$/.test(reference)) return "unknown";
        return readGetInfo(await ask("getInfo", { uid: Number(reference) }, GetInfo));
      }
      if (!order) return "unknown";
      const result = await initCall(order);
      switch (result.kind) {
        case "placed":
          return "under_way";
        case "refused":
          // For these, uCaller refused the first order, too. Another refusal may come because the first order got
          // there.
          return result.reason === "number" || result.reason === "country" ? "failed" : "unknown";
        case "unknown":
          return "unknown";
      }
    },
  };
};

/** The id's hash in the form of a UUID, which uCaller requires. The same id makes the same UUID, and any id fits. */
const uniqueOf = (sendId: string): string => {
  const bytes = createHash("sha256").update(sendId).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

const readInitCall = (answer: Answer<z.output<typeof InitCall>>): CallResult => {
  switch (answer.kind) {
    case "read": {
      const { error, code, ucaller_id: id } = answer.body;
      if (error) return refusal(Number(code));
      if (!answer.ok) return { kind: "refused", reason: "rejected" };
      return id === undefined ? { kind: "unknown" } : { kind: "placed", reference: String(id) };
    }
    case "declined":
    case "not_reached":
      return { kind: "refused", reason: "rejected" };
    case "unknown":
      return { kind: "unknown" };
  }
};

const refusal = (code: number): CallResult => {
  switch (code) {
    case 3:
      return { kind: "refused", reason: "number" };
    case 9: // closed in the service's geography settings
    case 20:
      return { kind: "refused", reason: "country" };
    case 18: // over 4 calls a minute or 30 a day to this number
      return { kind: "refused", reason: "too_often", retryAfterSeconds: 60 };
    case 19:
      return { kind: "refused", reason: "too_often", retryAfterSeconds: 15 };
    case 429: // over the requests a second of our address, whatever the number
      return { kind: "refused", reason: "rejected", retryAfterSeconds: 1 };
    case 500: // an error inside uCaller says nothing of the call
      return { kind: "unknown" };
    case 1002:
      return { kind: "refused", reason: "no_money" };
    default:
      return { kind: "refused", reason: "rejected" };
  }
};

const readGetInfo = (answer: Answer<z.output<typeof GetInfo>>): CallStatus => {
  if (answer.kind !== "read" || !answer.ok) return "unknown";
  switch (answer.body.call_status) {
    case -1:
      return "under_way";
    case 0:
      return "failed";
    case 1:
      return "delivered";
  }
};
