import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, test } from "vitest";
import { isSigned, LOCAL_CREDENTIALS, sign } from "../../../../local/aws/access/signature.ts";

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

type Parts = { method?: string; path?: string; rawQuery?: string; body?: string };

/** A request signed by the AWS SDK's own signer, which shares no code with ours. */
async function signedByAws(
  parts: Parts = {},
  changed: Partial<ConstructorParameters<typeof SignatureV4>[0]> = {},
) {
  const {
    method = "PUT",
    path = "/v1/accounts/demo",
    rawQuery = "",
    body = '{"email":"a@example.com"}',
  } = parts;
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) (query[name] ??= []).push(value);
  const signer = new SignatureV4({
    service: "execute-api",
    region: "us-east-1",
    credentials: LOCAL_CREDENTIALS,
    sha256: Sha256,
    ...changed,
  });
  const { headers } = await signer.sign(
    {
      method,
      protocol: "http:",
      hostname: "127.0.0.1",
      path,
      query,
      headers: {
        host: "127.0.0.1:4000",
        "content-type": "application/json",
        "x-spaced": "  a   b ",
      },
      body,
    },
    { signingDate: new Date(now) },
  );
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { method, path, rawQuery, headers: lowerCase, body: Buffer.from(body) };
}

test.each<Parts>([
  {},
  { path: "/v1/accounts/a%20b%2Fc!'()*" },
  { path: "/" },
  { path: "/v1//accounts/../grants/" },
  { rawQuery: "b=2&a=%20x&a=%2B&b=1&empty=" },
  { method: "GET", body: "" },
])("what the AWS SDK signs is accepted: %j", async (parts) => {
  expect(isSigned(await signedByAws(parts), LOCAL_CREDENTIALS, now)).toBe(true);
});

test("what we sign ourselves is accepted", () => {
  const request = {
    method: "PUT",
    path: "/v1/x",
    rawQuery: "",
    headers: { host: "127.0.0.1" },
    body: Buffer.from("{}"),
  };
  const signed = { ...request, headers: sign(request, LOCAL_CREDENTIALS, now) };
  expect(isSigned(signed, LOCAL_CREDENTIALS, now)).toBe(true);
});

test("a request that was changed after signing is refused", async () => {
  const signed = await signedByAws({ rawQuery: "a=1" });
  const changes = [
    { body: Buffer.from("{}") },
    { path: "/v1/accounts/other" },
    { method: "POST" },
    { rawQuery: "a=2" },
    { headers: { ...signed.headers, "content-type": "text/plain" } },
    { headers: { ...signed.headers, host: "other" } },
  ];
  for (const change of changes)
    expect(isSigned({ ...signed, ...change }, LOCAL_CREDENTIALS, now)).toBe(false);
});

test.each([
  ["another key", { credentials: { accessKeyId: "other", secretAccessKey: "local" } }],
  ["another secret", { credentials: { accessKeyId: "local", secretAccessKey: "other" } }],
  ["another service", { service: "dynamodb" }],
  ["another region", { region: "eu-west-1" }],
])("a signature with %s is refused", async (_, changed) => {
  expect(isSigned(await signedByAws({}, changed), LOCAL_CREDENTIALS, now)).toBe(false);
});

test("a signature is good for five minutes on either side", async () => {
  const signed = await signedByAws();
  expect(isSigned(signed, LOCAL_CREDENTIALS, now + 299_000)).toBe(true);
  expect(isSigned(signed, LOCAL_CREDENTIALS, now - 299_000)).toBe(true);
  expect(isSigned(signed, LOCAL_CREDENTIALS, now + 301_000)).toBe(false);
  expect(isSigned(signed, LOCAL_CREDENTIALS, now - 301_000)).toBe(false);
});

test.each([undefined, "", "Basic bG9jYWw6bG9jYWw=", "AWS4-HMAC-SHA256 Credential=local"])(
  "an authorization header that is no signature is refused: %s",
  (authorization) => {
    const headers = {
      host: "x",
      "x-amz-date": "20260102T030405Z",
      ...(authorization === undefined ? {} : { authorization }),
    };
    const request = { method: "GET", path: "/", rawQuery: "", headers, body: Buffer.alloc(0) };
    expect(isSigned(request, LOCAL_CREDENTIALS, now)).toBe(false);
  },
);
