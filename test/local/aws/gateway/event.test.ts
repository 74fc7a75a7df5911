import { expect, test } from "vitest";
import { toEvent } from "../../../../local/aws/gateway/event.ts";
import type { GatewayRequest } from "../../../../local/aws/http/request.ts";

const request: GatewayRequest = {
  method: "POST",
  path: "/my/path",
  rawQuery: "parameter1=value1&parameter1=value2&parameter2=value",
  protocol: "HTTP/1.1",
  headers: {
    host: "id.execute-api.us-east-1.amazonaws.com",
    "user-agent": "agent",
    header1: "value1",
    header2: "value1,value2",
    cookie: "cookie1=a; cookie2=b",
    connection: "keep-alive",
    "content-type": "text/plain",
  },
  body: Buffer.from("Hello from Lambda"),
  sourceIp: "192.0.2.1",
};

const context = {
  routeKey: "POST /my/{parameter1}",
  pathParameters: { parameter1: "path" },
  requestId: "00000000-1111-2222-3333-444444444444",
  now: Date.UTC(2020, 2, 12, 19, 3, 58),
};

test("an event looks like the example in API Gateway's developer guide", () => {
  expect(toEvent(request, context)).toMatchObject({
    version: "2.0",
    routeKey: "POST /my/{parameter1}",
    rawPath: "/my/path",
    rawQueryString: "parameter1=value1&parameter1=value2&parameter2=value",
    cookies: ["cookie1=a", "cookie2=b"],
    headers: { header1: "value1", header2: "value1,value2" },
    queryStringParameters: { parameter1: "value1,value2", parameter2: "value" },
    requestContext: {
      domainName: "id.execute-api.us-east-1.amazonaws.com",
      http: {
        method: "POST",
        path: "/my/path",
        protocol: "HTTP/1.1",
        sourceIp: "192.0.2.1",
        userAgent: "agent",
      },
      requestId: context.requestId,
      routeKey: "POST /my/{parameter1}",
      stage: "$default",
      time: "12/Mar/2020:19:03:58 +0000",
      timeEpoch: 1584039838000,
    },
    body: "Hello from Lambda",
    pathParameters: { parameter1: "path" },
    isBase64Encoded: false,
  });
});

test("cookies and what belongs to one connection are not among the headers", () => {
  const { headers } = toEvent(request, context);
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["cookie"]));
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["connection"]));
});

test("what a request does not have is absent from the event", () => {
  const bare = { ...request, rawQuery: "", headers: { host: "localhost" }, body: Buffer.alloc(0) };
  const event = toEvent(bare, { ...context, pathParameters: {} });
  for (const absent of ["cookies", "queryStringParameters", "pathParameters", "body"])
    expect(event).not.toHaveProperty(absent);
  expect(event.isBase64Encoded).toBe(false);
});

test("the path comes decoded", () => {
  expect(toEvent({ ...request, path: "/a%20b" }, context).rawPath).toBe("/a b");
});

test.each([
  ["application/json", false],
  ["application/json; charset=utf-8", false],
  ["text/html", false],
  ["application/octet-stream", true],
  ["application/x-www-form-urlencoded", true],
  ["application/problem+json", true],
  [undefined, true],
])("a body of type %s comes in base64: %s", (type, isBase64Encoded) => {
  const headers = { host: "localhost", ...(type === undefined ? {} : { "content-type": type }) };
  const event = toEvent({ ...request, headers }, context);
  expect(event.isBase64Encoded).toBe(isBase64Encoded);
  expect(Buffer.from(event.body ?? "", isBase64Encoded ? "base64" : "utf8").toString()).toBe(
    "Hello from Lambda",
  );
});
