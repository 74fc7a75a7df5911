import { STATUS_CODES } from "node:http";
import * as z from "zod/mini";
import { parseJson } from "../../aws/data/parse-json.ts";
import type { Answer } from "../../aws/http/answer.ts";
import { hang } from "../../aws/http/hang.ts";
import type { LoopbackHandler } from "../../aws/http/loopback.ts";
import { callState } from "../phones/phone-state.ts";
import type { Call } from "../phones/phone-state.ts";
import type { Phones } from "../phones/phones.ts";

/** The credentials that a client of uCaller must send. */
export type UcallerCredentials = { key: string; serviceId: string };

export type UcallerDeps = {
  phones: Pick<Phones, "state" | "call" | "now">;
  credentials: UcallerCredentials;
};

const InitCall = z.object({
  // uCaller refuses a number that is sent as text.
  phone: z.int().check(z.gte(10_000_000), z.lte(999_999_999_999_999)),
  code: z.optional(z.union([z.string(), z.number()])),
  client: z.optional(z.string().check(z.maxLength(64))),
  unique: z.optional(z.uuid()),
});

const GetInfo = z.object({ uid: z.int() });

/** Longer than any client waits. */
const SLOW_MS = 5000;

/** Answers initCall and getInfo as uCaller does [developer.ucaller.ru]. */
export function answerUcaller({ phones, credentials }: UcallerDeps): LoopbackHandler {
  return async (request, gone) => {
    const { method, path, headers, body } = request;
    if (method !== "POST") return failure(404, "Only POST is known here");
    const { key, serviceId } = credentials;
    if (headers["authorization"] !== `Bearer ${key}.${serviceId}`)
      return failure(401, "Wrong key or service");
    const input = parseJson(body.toString());
    switch (path) {
      case "/v1.0/initCall":
        return initCall(input, phones, gone);
      case "/v1.0/getInfo":
        return getInfo(input, phones);
      default:
        return failure(404, "Unknown method");
    }
  };
}

async function initCall(
  input: unknown,
  phones: UcallerDeps["phones"],
  gone: AbortSignal,
): Promise<Answer> {
  const parsed = InitCall.safeParse(input);
  if (!parsed.success) return failure(1, z.prettifyError(parsed.error));
  const { phone, code, client, unique } = parsed.data;
  const digits = code === undefined ? undefined : String(code).padStart(4, "0");
  if (digits !== undefined && (!/^\d{4}$/.test(digits) || digits === "0000"))
    return failure(4, "The code must be of 0001 to 9999");

  const order = { number: `+${phone}`, unique: unique ?? null, code: digits };
  const { call, exists } = phones.call(order);
  switch (call.fate) {
    case "carrier_down":
      return unavailable;
    case "no_money":
      return failure(1002, "The balance is not enough");
    case "carrier_slow":
      // The call rings already; only the answer to its order is late. A repeated order gets its answer at once.
      if (!exists) await hang(SLOW_MS, gone);
      break;
    case "rings":
    case "lost":
    case "failed":
  }
  return json({
    status: true,
    ucaller_id: call.id,
    phone: hidden(call.number),
    code: call.code,
    ...(client === undefined ? {} : { client }),
    ...(unique === undefined ? {} : { unique_request_id: unique }),
    ...(exists ? { exists } : {}),
  });
}

function getInfo(input: unknown, { state, now }: UcallerDeps["phones"]): Answer {
  const parsed = GetInfo.safeParse(input);
  if (!parsed.success) return failure(1, z.prettifyError(parsed.error));
  const call = state.calls.find(({ id }) => id === parsed.data.uid);
  if (!call) return failure(5, "Unknown uid");
  if (call.fate === "carrier_down") return unavailable;
  return json({
    status: true,
    ucaller_id: call.id,
    init_time: Math.floor(call.at / 1000),
    call_status: statusOf(call, now()),
    phone: hidden(call.number),
    code: call.code,
    ...(call.unique === null ? {} : { unique: call.unique }),
  });
}

/** −1 while the call is under way, 0 if it did not get through, 1 if it did. uCaller does not notice a lost call. */
function statusOf(call: Call, now: number): -1 | 0 | 1 {
  if (call.fate === "failed") return 0;
  return callState(call, now) === "ringing" ? -1 : 1;
}

/** uCaller writes numbers so: 7900***1010. */
const hidden = (number: string): string => number.replace(/^\+(\d{4})\d*(\d{4})$/, "$1***$2");

const json = (body: unknown): Answer => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** uCaller sends failures with 200 as well; `status` and `error` mark them. */
const failure = (code: number, error: string): Answer => json({ status: false, error, code });

const unavailable: Answer = {
  status: 503,
  headers: { "content-type": "text/html" },
  body: `<html><head><title>503 ${STATUS_CODES[503] ?? ""}</title></head><body></body></html>`,
};
