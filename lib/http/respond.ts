import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Problem } from "./problem.ts";
import { problems } from "../contract/problems.ts";
import type { Answer } from "./answer.ts";

/** Answers are data: no cache may keep them, and no page may run, embed or frame them. */
const dataHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

export const respond = (
  answer: Answer | Problem,
  requestId: string,
): APIGatewayProxyStructuredResultV2 => ({
  ...("problem" in answer ? problemResponse(answer, requestId) : successResponse(answer)),
  ...(answer.cookies && { cookies: [...answer.cookies] }),
});

const successResponse = ({ status, body }: Answer): APIGatewayProxyStructuredResultV2 =>
  body === null
    ? { statusCode: status, headers: dataHeaders }
    : {
        statusCode: status,
        headers: { ...dataHeaders, "content-type": "application/json" },
        body: JSON.stringify(body),
      };

/** A problem in the form of RFC 9457. */
const problemResponse = (
  { problem: code, details }: Problem,
  requestId: string,
): APIGatewayProxyStructuredResultV2 => {
  const [status, title] = problems[code];
  const { allow, ...extensions } = details;
  return {
    statusCode: status,
    headers: {
      ...dataHeaders,
      "content-type": "application/problem+json",
      ...(details.retryAfter !== undefined && { "retry-after": String(details.retryAfter) }),
      ...(allow && { allow: allow.join(", ") }),
    },
    body: JSON.stringify({
      type: `/problems/${code}`,
      title,
      status,
      code,
      ...extensions,
      requestId,
    }),
  };
};
