import { STATUS_CODES } from "node:http";
import type { Answer } from "../../aws/http/answer.ts";

/** An RFC 9457 problem in the form of the service's own problems. */
export function problem(
  status: number,
  code: string,
  detail?: string,
  headers?: Record<string, string>,
): Answer {
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: JSON.stringify({
      type: `/problems/${code}`,
      title: STATUS_CODES[status] ?? code,
      status,
      code,
      ...(detail === undefined ? {} : { detail }),
    }),
  };
}
