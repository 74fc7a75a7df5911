import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { problems, type Problem } from "./problem.ts";
import type { Answer } from "./answer.ts";

/** Nothing that this service says may be kept by anybody on the way. */
const noStore = { "cache-control": "no-store" };

export const respond = (
  answer: Answer | Problem,
  requestId: string,
): APIGatewayProxyStructuredResultV2 => ({
  ...("problem" in answer ? problemResponse(answer, requestId) : successResponse(answer)),
  ...(answer.cookies && { cookies: [...answer.cookies] }),
});

const successResponse = ({ status, body }: Answer): APIGatewayProxyStructuredResultV2 =>
  body === null
    ? { statusCode: status, headers: noStore }
    : {
        statusCode: status,
        headers: { ...noStore, "content-type": "application/json" },
        body: JSON.stringify(body),
      };

/** RFC 9457. */
const problemResponse = (
  { problem: code, details }: Problem,
  requestId: string,
): APIGatewayProxyStructuredResultV2 => {
  const [status, title] = problems[code];
  const { allow, ...extensions } = details;
  return {
    statusCode: status,
    headers: {
      ...noStore,
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
