import { BlockList, isIP } from "node:net";
import * as z from "zod/mini";
import { askCarrier, type Answer } from "../ask-carrier.ts";
import type { CallResult, Carrier } from "../carrier.ts";
import type { CarrierOptions } from "../carrier-entry.ts";

export type SmsruCredentials = { readonly apiId: string };

/** The documents give the digits as text; a number would have lost its zeros. */
const Digits = z.union([
  z.string().check(z.regex(/^\d{4}$/)),
  z.pipe(
    z.number().check(z.int(), z.gte(0), z.lte(9999)),
    z.transform((digits: number) => String(digits).padStart(4, "0")),
  ),
]);

const CodeCall = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("OK"),
    code: Digits,
    call_id: z.union([z.string().check(z.minLength(1), z.maxLength(64)), z.number()]),
  }),
  z.object({
    status: z.literal("ERROR"),
    status_code: z.optional(z.nullable(z.number())),
    status_text: z.optional(z.nullable(z.string())),
  }),
]);

/**
 * sms.ru, which tells the code [sms.ru/api/code_call].
 *
 * It knows no idempotency key and documents no look-up: the same order twice is two calls. Nothing is known of a call
 * that got no answer, not even its code.
 */
export const smsruCarrier = ({
  credentials: { apiId },
  baseUrl,
  fetch = globalThis.fetch,
}: CarrierOptions<SmsruCredentials>): Carrier<"smsru"> => ({
  name: "smsru",
  kind: "carrier_tells",

  async place({ number, ip }) {
    const url = new URL("/code/call", baseUrl);
    url.search = new URLSearchParams({
      phone: number.slice(1),
      ip: publicAddress(ip),
      api_id: apiId,
      json: "1",
    }).toString();
    return readCodeCall(await askCarrier(fetch, { method: "GET", url }, CodeCall));
  },

  status: () => Promise.resolve("unknown"),
});

const readCodeCall = (answer: Answer<z.output<typeof CodeCall>>): CallResult => {
  switch (answer.kind) {
    case "read":
      if (answer.body.status === "ERROR") {
        return refusal(answer.body.status_code ?? undefined, answer.body.status_text ?? "");
      }
      return answer.ok
        ? { kind: "placed", reference: String(answer.body.call_id), code: answer.body.code }
        : { kind: "refused", reason: "rejected" };
    case "declined":
    case "not_reached":
      return { kind: "refused", reason: "rejected" };
    case "unknown":
      return { kind: "unknown" };
  }
};

/** The numbers are those of the whole API. A refusal of a call has come without one: then the text decides. */
const refusal = (code: number | undefined, text: string): CallResult => {
  switch (code) {
    case undefined:
      return { kind: "refused", reason: /средств/i.test(text) ? "no_money" : "rejected" };
    case 201:
      return { kind: "refused", reason: "no_money" };
    case 202: // a wrong number, or no route to it
    case 207:
    case 209: // in the account's own stop list
      return { kind: "refused", reason: "number" };
    case 230: // a day's calls to this number
    case 231: // a minute's
    case 232:
    case 233:
      return { kind: "refused", reason: "too_often" };
    case 500: // an error inside sms.ru says nothing of the call
      return { kind: "unknown" };
    case 503: // so many to this country, or abroad, that sms.ru takes it for fraud
    case 504:
      return { kind: "refused", reason: "country" };
    default:
      return { kind: "refused", reason: "rejected" };
  }
};

const privateAddresses = new BlockList();
privateAddresses.addSubnet("0.0.0.0", 8);
privateAddresses.addSubnet("10.0.0.0", 8);
privateAddresses.addSubnet("100.64.0.0", 10);
privateAddresses.addSubnet("127.0.0.0", 8);
privateAddresses.addSubnet("169.254.0.0", 16);
privateAddresses.addSubnet("172.16.0.0", 12);
privateAddresses.addSubnet("192.168.0.0", 16);
privateAddresses.addSubnet("::", 127, "ipv6");
privateAddresses.addSubnet("fc00::", 7, "ipv6");
privateAddresses.addSubnet("fe80::", 10, "ipv6");

/** sms.ru counts calls by the user's address and refuses private ones; `-1` says that there is none to count by. */
const publicAddress = (ip: string): string => {
  const family = isIP(ip);
  if (family === 0) return "-1";
  return privateAddresses.check(ip, family === 6 ? "ipv6" : "ipv4") ? "-1" : ip;
};
