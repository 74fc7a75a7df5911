import { expect, test } from "vitest";
import { matchRoute, parseRouteKey } from "../../../../local/aws/http/router.ts";

const routes = [
  "$default",
  "GET /v1/{proxy+}",
  "GET /v1/sessions/{id}",
  "GET /v1/sessions/current",
  "ANY /v1/sessions/{id}",
  "DELETE /v1/sessions",
  "POST /v1/{kind}/{id}/confirm",
  "POST /v1/totp/{id}/confirm",
].map(parseRouteKey);

test.each([
  ["GET", "/v1/sessions/current", "GET /v1/sessions/current", {}],
  ["GET", "/v1/sessions/a%2Fb", "GET /v1/sessions/{id}", { id: "a/b" }],
  ["PUT", "/v1/sessions/7", "ANY /v1/sessions/{id}", { id: "7" }],
  ["GET", "/v1/a/b%20c/d", "GET /v1/{proxy+}", { proxy: "a/b c/d" }],
  ["POST", "/v1/totp/7/confirm", "POST /v1/totp/{id}/confirm", { id: "7" }],
  ["POST", "/v1/phones/7/confirm", "POST /v1/{kind}/{id}/confirm", { kind: "phones", id: "7" }],
  ["DELETE", "/v1/sessions", "DELETE /v1/sessions", {}],
  ["PUT", "/v1/sessions", "$default", {}],
  ["PUT", "/v1/sessions/", "$default", {}],
  ["HEAD", "/v1/other", "$default", {}],
  ["GET", "/", "$default", {}],
])("the most specific route of the method answers %s %s", (method, path, routeKey, parameters) => {
  const match = matchRoute(routes, method, path);
  expect(match?.route.routeKey).toBe(routeKey);
  expect(match?.pathParameters).toEqual(parameters);
});

test("without a default route nothing answers an unknown path", () => {
  expect(matchRoute(routes.slice(1), "GET", "/other")).toBeUndefined();
});

test("a text that is no route key is refused", () => {
  expect(() => parseRouteKey("get v1")).toThrow(/route key/);
});
