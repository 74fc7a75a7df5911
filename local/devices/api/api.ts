import type { Answer } from "../../aws/http/answer.ts";
import type { GatewayRequest } from "../../aws/http/request.ts";
import { matchRoute, parseRouteKey } from "../../aws/http/router.ts";
import { problem } from "./problem.ts";

export type DeviceRequest = GatewayRequest & {
  pathParameters: Readonly<Record<string, string>>;
  /** Aborts when the caller hangs up, so that the handler can stop waiting. */
  gone: AbortSignal;
};

/** Controls of the local stack, by route key: `POST /devices/api/clock`. */
export type DeviceRoutes = Readonly<
  Record<string, (request: DeviceRequest) => Answer | Promise<Answer>>
>;

/** Whether a request is for the local stack itself and not for the deployed service. */
export function isForDevices({ path }: Pick<GatewayRequest, "path">): boolean {
  return path === "/devices" || path.startsWith("/devices/");
}

/** Serves the controls, but only to this machine's own pages and programs. */
export function createDevices(
  routes: DeviceRoutes,
  port: number,
): (request: GatewayRequest, gone: AbortSignal) => Promise<Answer> {
  const table = Object.entries(routes).map(([key, handle]) => ({ ...parseRouteKey(key), handle }));
  return async (request, gone) => {
    if (!isOurs(request, port))
      return problem(
        403,
        "forbidden_origin",
        "Only pages of this address may use the local controls.",
      );
    try {
      const match = matchRoute(table, request.method, request.path);
      if (match)
        return await match.route.handle({ ...request, gone, pathParameters: match.pathParameters });
      const others = table.filter(({ method }) => matchRoute(table, method, request.path));
      if (others.length === 0) return problem(404, "not_found");
      const allow = [...new Set(others.map(({ method }) => method))].join(", ");
      return problem(405, "method_not_allowed", undefined, { allow });
    } catch (error) {
      if (error instanceof URIError) return problem(404, "not_found");
      throw error;
    }
  };
}

/**
 * A web page of another site must not turn the clock or read the log. Its requests carry a foreign Origin or say that
 * they are cross-site. If the page made a name point at 127.0.0.1 (DNS rebinding), that name shows in Host.
 */
function isOurs({ headers }: GatewayRequest, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const origin = headers["origin"];
  return (
    hosts.includes(headers["host"] ?? "") &&
    (origin === undefined || hosts.some((host) => origin === `http://${host}`)) &&
    headers["sec-fetch-site"] !== "cross-site"
  );
}

/** A 200 with JSON. */
export function ok(value: unknown): Answer {
  return {
    status: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(value),
  };
}
