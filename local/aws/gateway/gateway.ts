import { randomUUID } from "node:crypto";
import { gatewayMessage, internalServerError } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";
import { matchRoute } from "../http/router.ts";
import type { Match } from "../http/router.ts";
import type { FunctionOutcome } from "../lambda/instance.ts";
import type { Plan, RoutePlan } from "../plan/plan.ts";
import { answerPreflight, isPreflight, withCors } from "./cors.ts";
import { toEvent } from "./event.ts";
import { signedBy } from "./signed-by.ts";
import type { SignedCalls } from "./signed-by.ts";
import { fromFunction } from "./from-function.ts";

export type GatewayDeps = {
  plan: Pick<Plan, "routes" | "cors">;
  invoke: (functionName: string, event: unknown, requestId: string) => Promise<FunctionOutcome>;
  /** Milliseconds since 1970, by the stack's clock. */
  now: () => number;
  /** What routes of IAM need; without it, only the local identity may call them. */
  signedCalls?: SignedCalls;
};

const localIdentityAlone: SignedCalls = {
  access: new Map(),
  apiId: "",
  report: () => undefined,
  witness: () => undefined,
};

export type Gateway = (request: GatewayRequest) => Promise<Answer>;

/** Makes an HTTP API of the plan's routes. It answers as API Gateway would. */
export function createGateway({
  plan,
  invoke,
  now,
  signedCalls = localIdentityAlone,
}: GatewayDeps): Gateway {
  const answerRequest = async (request: GatewayRequest, requestId: string): Promise<Answer> => {
    const match = findRoute(plan.routes, request);
    if (match === "bad_request") return gatewayMessage(400, "Bad Request");
    if (!match) return gatewayMessage(404, "Not Found");
    const { route, pathParameters } = match;
    const accessKey = route.iam ? await signedBy(request, signedCalls, now()) : undefined;
    if (route.iam && accessKey === undefined) return gatewayMessage(403, "Forbidden");

    const event = toEvent(request, {
      routeKey: route.routeKey,
      pathParameters,
      requestId,
      now: now(),
      ...(accessKey === undefined ? {} : { accessKey }),
    });
    const outcome = await invoke(route.functionName, event, requestId);
    switch (outcome.kind) {
      case "returned":
        return fromFunction(outcome.value);
      case "threw":
      case "crashed":
        return internalServerError;
      case "timed_out":
        return gatewayMessage(503, "Service Unavailable");
    }
  };

  return async (request) => {
    const { cors } = plan;
    if (cors && isPreflight(request)) return answerPreflight(cors, request);
    const requestId = randomUUID();
    const answer = await answerRequest(request, requestId);
    const named = { ...answer, headers: { ...answer.headers, "apigw-requestid": requestId } };
    return cors ? withCors(cors, request, named) : named;
  };
}

/** HTTP APIs refuse a path that cannot be decoded before they look for a route. */
function findRoute(
  routes: readonly RoutePlan[],
  { method, path, rawQuery }: GatewayRequest,
): Match<RoutePlan> | undefined | "bad_request" {
  try {
    decodeURIComponent(path);
    decodeURIComponent(rawQuery);
  } catch {
    return "bad_request";
  }
  return path.startsWith("/") ? matchRoute(routes, method, path) : "bad_request";
}
