type Segment = { kind: "exact" | "parameter" | "greedy"; name: string };

export type RoutePattern = {
  routeKey: string;
  /** `ANY` matches every method. `$default` matches every request that no other route matches. */
  method: string;
  segments: readonly Segment[];
};

export type Match<Route> = { route: Route; pathParameters: Record<string, string> };

/** Reads a route key as HTTP APIs write it: `GET /v1/sessions/{id}`, `ANY /{proxy+}` or `$default`. */
export function parseRouteKey(routeKey: string): RoutePattern {
  if (routeKey === "$default") return { routeKey, method: "$default", segments: [] };
  const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(routeKey) ?? [];
  if (method === undefined || path === undefined) throw new Error(`Not a route key: ${routeKey}`);
  return { routeKey, method, segments: path.slice(1).split("/").map(parseSegment) };
}

/**
 * Finds the route of a request as HTTP APIs do: among the routes of its method, an exact path before `{param}`
 * before `{proxy+}`, segment by segment, then `$default`.
 * `path` is as it was sent; parameters come back decoded. Throws URIError if one is wrongly encoded.
 */
export function matchRoute<Route extends RoutePattern>(
  routes: readonly Route[],
  method: string,
  path: string,
): Match<Route> | undefined {
  const parts = path.slice(1).split("/");
  const candidates = routes
    .filter((route) => route.method === method || route.method === "ANY")
    .filter(({ segments }) => fits(segments, parts))
    .sort((a, b) => rank(a).localeCompare(rank(b)));
  const route = candidates[0] ?? routes.find((each) => each.method === "$default");
  return route && { route, pathParameters: parametersOf(route.segments, parts) };
}

function parseSegment(text: string): Segment {
  const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: "exact", name: text };
  return { kind: plus ? "greedy" : "parameter", name };
}

function fits(segments: readonly Segment[], parts: readonly string[]): boolean {
  const last = segments.at(-1);
  if (last?.kind === "greedy" ? parts.length < segments.length : parts.length !== segments.length)
    return false;
  return segments.every(({ kind, name }, index) => {
    const part = parts[index] ?? "";
    return kind === "exact" ? part === name : part !== "";
  });
}

/** A text that sorts more specific routes first: one digit for each segment, then a route's own method before ANY. */
function rank({ segments, method }: RoutePattern): string {
  const digits = { exact: "0", parameter: "1", greedy: "2" };
  return segments.map(({ kind }) => digits[kind]).join("") + (method === "ANY" ? "1" : "0");
}

function parametersOf(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    segments.flatMap(({ kind, name }, index) => {
      if (kind === "exact") return [];
      const value = kind === "greedy" ? parts.slice(index).join("/") : (parts[index] ?? "");
      return [[name, decodeURIComponent(value)]];
    }),
  );
}
