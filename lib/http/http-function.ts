import middy, { type MiddlewareObj } from "@middy/core";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import httpSecurityHeaders from "@middy/http-security-headers";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import { AccountBusy } from "../account/decide-account.ts";
import { faultFields, type Log } from "../log/log.ts";
import { failure, one } from "../log/measure.ts";
import { problem, type Problem } from "./problem.ts";
import { respond } from "./respond.ts";
import type { Answer } from "./answer.ts";
import { signInStepOf } from "./sign-in-step.ts";
import type { Route } from "./route.ts";
import type { DecidingHttpServices, Gateway, HttpServices } from "./http-services.ts";

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The Lambda handler of some routes. The gateway has already matched the route, and its key finds ours. */
export const httpFunction = <S extends HttpServices = DecidingHttpServices>(
  routes: readonly Route<S>[],
  services: S,
): HttpHandler => {
  const byKey = new Map(
    routes.map((route) => [`${route.contract.method} ${route.contract.path}`, route]),
  );
  return httpHandler(services, async (event) => {
    const route = byKey.get(event.routeKey);
    return route ? route.run(services, event) : problem("not_found");
  });
};

/** The one stack around every HTTP function. */
export const httpHandler = (
  { allowedOrigins, log, beside }: Gateway,
  answer: (event: APIGatewayProxyEventV2) => Promise<Answer | Problem>,
): HttpHandler =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    // middy runs `onError` from the last to the first, so faults have their answer when headers are added.
    .use(httpSecurityHeaders(securityHeaders))
    .use(answerFaults(log))
    .use(countSignIns(log))
    .use(httpHeaderNormalizer())
    .handler(async (event) => {
      try {
        return respond(
          originProblem(event, allowedOrigins) ?? (await answer(event)),
          event.requestContext.requestId,
        );
      } finally {
        await beside?.done();
      }
    });

/** The headers that matter for data, see `dataHeaders`. The rest of middy's set is for pages. */
const securityHeaders = {
  contentSecurityPolicy: false,
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: { policy: "same-site" },
  dnsPrefetchControl: false,
  downloadOptions: false,
  originAgentCluster: false,
  permissionsPolicy: false,
  permittedCrossDomainPolicies: false,
  referrerPolicy: { policy: "no-referrer" },
  reportTo: false,
  strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: false, preload: false },
  xssProtection: false,
} as const;

/**
 * Attacks considered: cross-site request forgery. A browser sends the origin of a request that changes something, and
 * only known origins may send one. Programs send no `Origin`, but they have no cookies to abuse.
 */
const originProblem = (
  { headers, requestContext }: APIGatewayProxyEventV2,
  allowedOrigins: readonly string[],
): Problem | undefined => {
  const origin = headers["origin"];
  return origin === undefined ||
    ["GET", "HEAD", "OPTIONS"].includes(requestContext.http.method) ||
    allowedOrigins.includes(origin)
    ? undefined
    : problem("forbidden_origin");
};

/** Fail closed: every thrown error becomes a refusal that says nothing, and a line for the operator. */
const answerFaults = (
  log: Log,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError(request) {
    const busy = request.error instanceof AccountBusy;
    const { requestId } = request.event.requestContext;
    log.measure(one("Fault", { route: request.event.routeKey }));
    log.error(busy ? "account_busy" : "fault", { requestId, ...faultFields(request.error) });
    request.response = respond(
      problem(busy ? "busy" : "unavailable", { retryAfter: busy ? 1 : 5 }),
      requestId,
    );
  },
});

/** Counts each request of a sign-in, and whether it ended in a fault. */
const countSignIns = (
  log: Log,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => {
  const count = ({ routeKey }: APIGatewayProxyEventV2, failed: boolean) => {
    const step = signInStepOf(routeKey);
    if (step) log.measure(failure("SignInFault", failed, { step }));
  };
  return {
    after: ({ event }) => count(event, false),
    onError: ({ event }) => count(event, true),
  };
};
