import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { addressBehindEdge, gatewayAddress } from "../../lib/http/caller-address.ts";

const secret = "s".repeat(64);
const gateway = "203.0.113.9";
const address = addressBehindEdge(() => Promise.resolve(secret));

const from = (headers: Record<string, string>) =>
  ({
    headers,
    requestContext: { http: { sourceIp: gateway } },
  }) as unknown as APIGatewayProxyEventV2;
const edge = (viewer: string) =>
  from({ "x-twostep-edge": secret, "cloudfront-viewer-address": viewer });

test.each([
  ["198.51.100.7:46532", "198.51.100.7"],
  ["2001:0db8:85a3:0000:0000:8a2e:0370:7334:46532", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
  ["2001:db8::1:46532", "2001:db8::1"],
  ["[2001:db8::1]:46532", "2001:db8::1"],
  ["::ffff:198.51.100.7:443", "::ffff:198.51.100.7"],
])("through CloudFront, %s is the caller at %s", async (viewer, ip) => {
  expect(await address(edge(viewer))).toBe(ip);
});

test.each(["", "unknown", "198.51.100.7, 198.51.100.8:1", "198.51.100.999:1", "example.com:443"])(
  "what is no address (%j) is not believed from anybody",
  async (viewer) => {
    expect(await address(edge(viewer))).toBe(gateway);
  },
);

test.each([
  ["no secret", undefined],
  ["an empty secret", ""],
  ["a wrong secret", "x".repeat(64)],
  ["a shorter one", secret.slice(1)],
  ["a longer one", `${secret}s`],
  ["the secret twice", `${secret},${secret}`],
])(
  "a caller who goes past CloudFront with %s keeps the address that the gateway saw",
  async (_, given) => {
    const headers = {
      "cloudfront-viewer-address": "198.51.100.7:1",
      "x-forwarded-for": "198.51.100.7",
      ...(given === undefined ? {} : { "x-twostep-edge": given }),
    };
    expect(await address(from(headers))).toBe(gateway);
  },
);

test("a direct call costs no look at the secret, and without CloudFront no header counts", async () => {
  const unread = addressBehindEdge(() => Promise.reject(new Error("asked for")));
  expect(await unread(from({ "cloudfront-viewer-address": "198.51.100.7:1" }))).toBe(gateway);
  expect(await gatewayAddress(edge("198.51.100.7:1"))).toBe(gateway);
});

test("where the secret cannot be had, nobody is let in under a doubtful address", async () => {
  const without = addressBehindEdge(() => Promise.reject(new Error("Secrets Manager is down")));
  await expect(without(edge("198.51.100.7:1"))).rejects.toThrow();
});
