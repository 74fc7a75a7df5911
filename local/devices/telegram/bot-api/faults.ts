import { STATUS_CODES } from "node:http";
import * as z from "zod/mini";
import type { Answer } from "../../../aws/http/answer.ts";
import type { FaultPlan } from "../../world/world.ts";
import { badRequest, failed, notFound, tooManyRequests, unauthorized } from "../wire/outcome.ts";
import type { Failure } from "../wire/outcome.ts";

/** A fault of a call that the bot makes. */
export const Fault = z.union([
  z.strictObject({
    status: z.int().check(z.gte(400), z.lte(599)),
    retryAfter: z.optional(z.int().check(z.gte(1), z.lte(86_400))),
  }),
  z.strictObject({ hangSeconds: z.number().check(z.gt(0), z.lte(3600)) }),
]);

export type Fault = z.infer<typeof Fault>;

export type Faults = {
  /**
   * Gives these faults to the next calls, in order, and forgets the earlier ones that are left. All calls after them
   * get `always`; null means no fault. If `always` is not given, the earlier one stays.
   */
  plan: (faults: readonly Fault[], always?: Fault | null) => void;
  planned: () => FaultPlan<Fault>;
  next: () => Fault | undefined;
};

/** Calls `onChange` when another plan is in force. */
export function createFaults(onChange: () => void): Faults {
  let planned: FaultPlan<Fault> = { next: [], always: null };
  return {
    plan: (next, always = planned.always) => {
      planned = { next, always };
      onChange();
    },
    planned: () => planned,
    next: () => {
      const [fault, ...next] = planned.next;
      if (fault === undefined) return planned.always ?? undefined;
      planned = { ...planned, next };
      onChange();
      return fault;
    },
  };
}

const DEFAULT_RETRY_AFTER_SECONDS = 5;

/** A failure with this status as the Bot API would word it. */
export function failureWith(status: number, retryAfter: number | undefined): Failure {
  switch (status) {
    case 400:
      return badRequest("chat not found");
    case 401:
      return unauthorized;
    case 403:
      return failed(403, "Forbidden: bot was blocked by the user");
    case 404:
      return notFound;
    case 429:
      return tooManyRequests(retryAfter ?? DEFAULT_RETRY_AFTER_SECONDS);
    default:
      return failed(status, STATUS_CODES[status] ?? "Error");
  }
}

/** The answer of the proxy in front of Telegram's servers when they do not answer: a page, not JSON. */
export function proxyError(status: number): Answer | undefined {
  if (status < 502 || status > 504) return undefined;
  const title = `${status} ${STATUS_CODES[status] ?? ""}`;
  return {
    status,
    headers: { "content-type": "text/html" },
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  };
}
