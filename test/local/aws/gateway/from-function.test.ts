import { expect, test } from "vitest";
import { fromFunction } from "../../../../local/aws/gateway/from-function.ts";

test.each([
  [{ a: 1 }, '{"a":1}'],
  [null, "null"],
  ["text", "text"],
  [[1, 2], "[1,2]"],
])("a value without a status code is a 200 with that JSON: %j", (returned, body) => {
  expect(fromFunction(returned)).toEqual({
    status: 200,
    headers: { "content-type": "application/json" },
    body,
  });
});

test("a structured answer gives status, headers, cookies and body", () => {
  const answer = fromFunction({
    statusCode: 201,
    headers: { "Content-Type": "text/html", "X-Count": 3, "Content-Length": "1" },
    cookies: ["a=1; Path=/", "b=2"],
    body: "aGk=",
    isBase64Encoded: true,
  });
  expect(answer).toEqual({
    status: 201,
    headers: { "content-type": "text/html", "x-count": "3" },
    cookies: ["a=1; Path=/", "b=2"],
    body: Buffer.from("hi"),
  });
});

test.each([
  { statusCode: "no" },
  { statusCode: 99 },
  { statusCode: 200, body: { not: "text" } },
  { statusCode: 200, cookies: "a=1" },
])("a malformed structured answer is a 500: %j", (returned) => {
  expect(fromFunction(returned).status).toBe(500);
});
