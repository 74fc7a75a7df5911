import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithIAMAuthorizer } from "aws-lambda";
import type { GatewayRequest } from "../http/request.ts";
import { ACCOUNT_ID } from "../template/names.ts";

export type EventContext = {
  routeKey: string;
  pathParameters: Readonly<Record<string, string>>;
  requestId: string;
  /** Milliseconds since 1970, by the stack's clock. */
  now: number;
  /** The signer's access key, on routes with IAM authorization. */
  accessKey?: string;
};

/** An event of payload format 2.0; API Gateway developer guide, "Lambda integration payload format". */
export function toEvent(
  request: GatewayRequest,
  context: EventContext,
): APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithIAMAuthorizer {
  const { routeKey, requestId, now, accessKey } = context;
  const { cookie, ...headers } = withoutHopByHop(request.headers);
  const query = joinQuery(request.rawQuery);
  const host = headers["host"] ?? "";
  const isText = TEXT_TYPES.test(headers["content-type"] ?? "");
  return {
    version: "2.0",
    routeKey,
    // HTTP APIs give the path decoded, unlike REST APIs and function URLs.
    rawPath: decodeURIComponent(request.path),
    rawQueryString: request.rawQuery,
    ...(cookie === undefined
      ? {}
      : { cookies: cookie.split(/;\s*/).filter((each) => each !== "") }),
    headers: { ...headers, ...forwarded(request, headers, requestId, now) },
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: "local",
      ...(accessKey === undefined ? {} : { authorizer: { iam: iamIdentity(accessKey) } }),
      domainName: host.replace(/:\d+$/, ""),
      domainPrefix: "local",
      http: {
        method: request.method,
        path: decodeURIComponent(request.path),
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage: "$default",
      time: commonLogTime(now),
      timeEpoch: now,
    },
    ...(request.body.length === 0
      ? {}
      : { body: request.body.toString(isText ? "utf8" : "base64") }),
    ...(Object.keys(context.pathParameters).length === 0
      ? {}
      : { pathParameters: { ...context.pathParameters } }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** The types that HTTP APIs pass on as text. Everything else is base64, also forms and bodies without a type. */
const TEXT_TYPES = /^\s*(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "te",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

function withoutHopByHop(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}

function forwarded(
  request: GatewayRequest,
  headers: Record<string, string>,
  requestId: string,
  now: number,
): Record<string, string> {
  const before = headers["x-forwarded-for"];
  const trace = requestId.replaceAll("-", "").slice(0, 24);
  return {
    "x-amzn-trace-id": `Root=1-${Math.floor(now / 1000).toString(16)}-${trace}`,
    "x-forwarded-for": before === undefined ? request.sourceIp : `${before}, ${request.sourceIp}`,
    "x-forwarded-port": /:(\d+)$/.exec(headers["host"] ?? "")?.[1] ?? "80",
    "x-forwarded-proto": "http",
  };
}

function joinQuery(rawQuery: string): Record<string, string> | undefined {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return joined.size === 0 ? undefined : Object.fromEntries(joined);
}

type IamIdentity = APIGatewayProxyEventV2WithIAMAuthorizer["requestContext"]["authorizer"]["iam"];

function iamIdentity(accessKey: string): IamIdentity {
  return {
    accessKey,
    accountId: ACCOUNT_ID,
    callerId: accessKey,
    cognitoIdentity: null,
    principalOrgId: "",
    userArn: `arn:aws:iam::${ACCOUNT_ID}:user/${accessKey}`,
    userId: accessKey,
  };
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(now: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(now).toUTCString()) ?? [];
  return `${day ?? ""}/${month ?? ""}/${year ?? ""}:${time ?? ""} +0000`;
}
