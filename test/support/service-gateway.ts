import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { contracts } from "../../lib/contract/all.ts";
import type { Contract } from "../../lib/contract/contract.ts";

/** A request as it reaches the gateway: the path as the client sent it, header names in lower case. */
export type HttpRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body?: string;
  readonly base64?: boolean;
  readonly ip: string;
};

export type Matched = {
  readonly contract: Contract | undefined;
  readonly event: APIGatewayProxyEventV2;
};

/** Finds the route as HTTP APIs do (`$default` if none matches) and makes the event of payload format 2.0. */
export const receive = (request: HttpRequest, requestId: string, now: number): Matched => {
  const parts = request.path.slice(1).split("/");
  const [contract] = contracts
    .filter(({ method, path }) => method === request.method && fits(segments(path), parts))
    .sort((a, b) => parameters(a.path) - parameters(b.path));
  const routeKey = contract ? `${contract.method} ${contract.path}` : "$default";
  const pathParameters = contract && parametersOf(segments(contract.path), parts);
  // HTTP APIs decode the path before they pass it on.
  const path = decodeURIComponent(request.path);
  const event: APIGatewayProxyEventV2 = {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    ...(request.cookies.length > 0 && { cookies: [...request.cookies] }),
    headers: { host: "api.example.com", "x-forwarded-for": request.ip, ...request.headers },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "api.example.com",
      domainPrefix: "api",
      http: {
        method: request.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: request.ip,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage: "$default",
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(request.body !== undefined && { body: request.body }),
    ...(pathParameters && Object.keys(pathParameters).length > 0 && { pathParameters }),
    isBase64Encoded: request.base64 ?? false,
  };
  return { contract, event };
};

const segments = (path: string) => path.slice(1).split("/");
const isParameter = (segment: string) => segment.startsWith("{");
const parameters = (path: string) => segments(path).filter(isParameter).length;

const fits = (expected: readonly string[], given: readonly string[]) =>
  expected.length === given.length &&
  expected.every((part, i) => (isParameter(part) ? given[i] !== "" : part === given[i]));

const parametersOf = (expected: readonly string[], given: readonly string[]) =>
  Object.fromEntries(
    expected.flatMap((part, i) =>
      isParameter(part) ? [[part.slice(1, -1), decodeURIComponent(given[i] ?? "")]] : [],
    ),
  );
