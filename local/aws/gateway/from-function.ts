import * as z from "zod/mini";
import { internalServerError } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";

const HeaderValue = z.union([z.string(), z.number(), z.boolean()]);

const Structured = z.object({
  statusCode: z.coerce.number().check(z.int(), z.minimum(200), z.maximum(599)),
  headers: z.optional(z.nullable(z.record(z.string(), HeaderValue))),
  cookies: z.optional(z.nullable(z.array(z.string()))),
  body: z.optional(z.nullable(z.string())),
  isBase64Encoded: z.optional(z.nullable(z.boolean())),
});

/** These headers belong to one connection, and the length follows from the body. */
const NOT_FROM_FUNCTIONS = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
]);

/**
 * Turns what a function returned (already parsed from JSON) into an answer: a structured one if it has a
 * `statusCode`, else 200 with the value itself as JSON. A malformed structured one is a 500, as on AWS.
 */
export function fromFunction(returned: unknown): Answer {
  if (typeof returned !== "object" || returned === null || !("statusCode" in returned))
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: typeof returned === "string" ? returned : JSON.stringify(returned),
    };
  const parsed = Structured.safeParse(returned);
  if (!parsed.success) return internalServerError;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: {
      ...(body ? { "content-type": "text/plain;charset=UTF-8" } : {}),
      ...Object.fromEntries(
        Object.entries(headers ?? {})
          .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
          .filter(([name]) => !NOT_FROM_FUNCTIONS.has(name)),
      ),
    },
    ...(cookies ? { cookies } : {}),
    ...(body ? { body: isBase64Encoded === true ? Buffer.from(body, "base64") : body } : {}),
  };
}
