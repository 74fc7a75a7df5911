import { expect, test } from "vitest";
import { sign, LOCAL_CREDENTIALS } from "../../../../local/aws/access/signature.ts";
import { ECHO } from "../../support/assembly.ts";
import { aStack } from "../../support/stack.ts";

const cors = {
  AllowOrigins: ["https://panel.example.com"],
  AllowMethods: ["GET", "POST"],
  AllowHeaders: ["content-type"],
  ExposeHeaders: ["retry-after"],
  AllowCredentials: true,
  MaxAge: 3600,
};

test("a request reaches its function as an event, and several cookies come back", async () => {
  const cookies = `exports.handler = async () => ({ statusCode: 204, cookies: ["a=1", "b=2"] });`;
  const { url } = await aStack({
    functions: { Echo: ECHO, Cookies: { code: cookies } },
    routes: { $default: "Echo", "GET /v1/things/{id}": "Echo", "GET /cookies": "Cookies" },
  });

  const response = await fetch(`${url}/v1/things/a%20b?x=1`, {
    headers: { cookie: "s=1", "x-local-source-ip": "203.0.113.7" },
  });
  expect(response.headers.get("apigw-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.json()).toMatchObject({
    routeKey: "GET /v1/things/{id}",
    pathParameters: { id: "a b" },
    cookies: ["s=1"],
    headers: expect.not.objectContaining({ "x-local-source-ip": "203.0.113.7" }) as unknown,
    requestContext: { http: { sourceIp: "203.0.113.7", method: "GET" } },
  });

  const withCookies = await fetch(`${url}/cookies`);
  expect(withCookies.headers.getSetCookie()).toEqual(["a=1", "b=2"]);

  const other = await fetch(`${url}/cookies`, { method: "PATCH" });
  expect(await other.json()).toMatchObject({
    routeKey: "$default",
    requestContext: { http: { sourceIp: "127.0.0.1" } },
  });
  expect((await fetch(`${url}/%zz`)).status).toBe(400);
});

test("a body over 10 MB is refused in API Gateway's words", async () => {
  const { url } = await aStack({ functions: { Echo: ECHO }, routes: { $default: "Echo" } });
  const response = await fetch(url, { method: "POST", body: Buffer.alloc(10 * 1024 * 1024 + 1) });
  expect(response.status).toBe(413);
  expect(await response.json()).toEqual({ message: "Request Entity Too Large" });
});

test("only signed requests pass a route with IAM authorization, and the function learns who signed", async () => {
  const { url } = await aStack({
    functions: { Echo: ECHO },
    routes: { "PUT /v1/accounts/{id}": { function: "Echo", iam: true } },
  });
  const target = new URL("/v1/accounts/ann", url);
  const unsigned = await fetch(target, { method: "PUT", body: "{}" });
  expect(unsigned.status).toBe(403);
  expect(await unsigned.json()).toEqual({ message: "Forbidden" });

  const request = {
    method: "PUT",
    path: target.pathname,
    rawQuery: "",
    headers: { host: target.host, "content-type": "application/json" },
    body: Buffer.from("{}"),
  };
  const headers = sign(request, LOCAL_CREDENTIALS, Date.now());
  const signed = await fetch(target, { method: "PUT", headers, body: "{}" });
  expect(signed.status).toBe(200);
  expect(await signed.json()).toMatchObject({
    requestContext: { authorizer: { iam: { accessKey: "local" } } },
  });
});

test("the gateway answers preflights itself and owns the CORS headers", async () => {
  const own = `exports.handler = async () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "" });`;
  const { url } = await aStack(
    { functions: { Own: { code: own } }, routes: { $default: "Own" }, cors },
    { origins: ["https://panel.example.com"] },
  );
  const preflight = (origin: string) =>
    fetch(url, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });

  const allowed = await preflight("https://panel.example.com");
  expect(allowed.status).toBe(204);
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    "access-control-allow-origin": "https://panel.example.com",
    "access-control-allow-methods": "GET,POST",
    "access-control-allow-headers": "content-type",
    "access-control-allow-credentials": "true",
    "access-control-max-age": "3600",
  });
  expect((await preflight("https://evil.example")).headers.has("access-control-allow-origin")).toBe(
    false,
  );

  const foreign = await fetch(url, { headers: { origin: "https://evil.example" } });
  expect(foreign.headers.has("access-control-allow-origin")).toBe(false);
  const ours = await fetch(url, { headers: { origin: "https://panel.example.com" } });
  expect(ours.headers.get("access-control-allow-origin")).toBe("https://panel.example.com");
  expect(ours.headers.get("access-control-expose-headers")).toBe("retry-after");
});
