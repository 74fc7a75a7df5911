import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";
import type { Cors } from "../template/resources.ts";

/** Whether it is an OPTIONS that a browser sends before the real request. The gateway answers it by itself. */
export function isPreflight({ method, headers }: GatewayRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers["origin"] !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** Answers a preflight. For a foreign origin the answer has no CORS headers, which the browser takes as a refusal. */
export function answerPreflight(cors: Cors, { headers }: GatewayRequest): Answer {
  const origin = allowedOrigin(cors, headers["origin"]);
  if (origin === undefined) return { status: 204, headers: {} };
  return {
    status: 204,
    headers: {
      ...shared(cors, origin),
      ...list("access-control-allow-methods", cors.AllowMethods),
      ...list("access-control-allow-headers", cors.AllowHeaders),
      ...(cors.MaxAge === undefined ? {} : { "access-control-max-age": String(cors.MaxAge) }),
    },
  };
}

/** With CORS configured, HTTP APIs drop the CORS headers that a function sends and set their own. */
export function withCors(cors: Cors, { headers }: GatewayRequest, answer: Answer): Answer {
  const origin = allowedOrigin(cors, headers["origin"]);
  const kept = Object.entries(answer.headers).filter(
    ([name]) => !name.startsWith("access-control-"),
  );
  return {
    ...answer,
    headers: {
      ...Object.fromEntries(kept),
      ...(origin === undefined
        ? {}
        : {
            ...shared(cors, origin),
            ...list("access-control-expose-headers", cors.ExposeHeaders),
          }),
    },
  };
}

function allowedOrigin(cors: Cors, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (cors.AllowOrigins.includes("*")) return "*";
  return cors.AllowOrigins.includes(origin) ? origin : undefined;
}

function shared(cors: Cors, origin: string): Record<string, string> {
  return {
    "access-control-allow-origin": origin,
    ...(cors.AllowCredentials ? { "access-control-allow-credentials": "true" } : {}),
  };
}

function list(name: string, values: readonly string[]): Record<string, string> {
  return values.length === 0 ? {} : { [name]: values.join(",") };
}
