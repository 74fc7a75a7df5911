import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { contracts } from "../../lib/contract/all.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import { webhooks } from "../../lib/contract/webhooks.ts";
import { problem, type Problem } from "../../lib/http/problem.ts";

/**
 * The answer to a request that no route takes: there is nothing at the path, or the path takes other methods.
 *
 * HTTP APIs match the path as it was sent and hand it on decoded: `/v1/%73ession` has no route, and reads `/v1/session`
 * here. If the path takes the method, the gateway must have seen another path, and there is nothing at that one.
 */
export const answerUnrouted = ({
  rawPath,
  requestContext,
}: APIGatewayProxyEventV2): Problem<"not_found" | "method_not_allowed"> => {
  const allow = allowedMethods(rawPath);
  return allow.length === 0 || allow.includes(requestContext.http.method)
    ? problem("not_found")
    : problem("method_not_allowed", { allow });
};

/** The methods that this path takes: none where there is nothing at it. */
const allowedMethods = (path: string): string[] =>
  [...contracts, ...webhooks].filter((one) => matches(one.path, path)).map(({ method }) => method);

const matches = (pattern: Contract["path"], path: string): boolean => {
  const [expected, given] = [pattern.split("/"), path.split("/")];
  return (
    expected.length === given.length &&
    expected.every((part, i) => (part.startsWith("{") ? given[i] !== "" : part === given[i]))
  );
};
