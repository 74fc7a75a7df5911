import { expect, test } from "vitest";
import { signRequest } from "../../lib/runtime/sign-request.ts";
import { isSigned, LOCAL_CREDENTIALS } from "../../local/aws/access/signature.ts";

const now = Date.parse("2026-11-24T10:00:00Z");
const url = new URL("https://api.example.com/v1/accounts/ann");
const body = '{"reason":"one"}';
const signed = (given = LOCAL_CREDENTIALS, at = now) => ({
  host: url.host,
  ...signRequest({ method: "POST", url, body }, given, "us-east-1", at),
});
const arrives = (headers: Record<string, string>, sent = body) =>
  isSigned(
    { method: "POST", path: url.pathname, rawQuery: "", headers, body: Buffer.from(sent) },
    LOCAL_CREDENTIALS,
    now,
  );

test("the local gateway, which computes signatures by itself, takes a signed request", () => {
  expect(arrives(signed())).toBe(true);
  expect(arrives(signed({ ...LOCAL_CREDENTIALS, ...{ sessionToken: "a role's" } }))).toBe(true);
});

test("it takes none that was changed, is old, or was signed by somebody else", () => {
  expect(arrives(signed(), '{"reason":"two"}')).toBe(false);
  expect(arrives(signed(LOCAL_CREDENTIALS, now - 600_000))).toBe(false);
  expect(arrives(signed({ ...LOCAL_CREDENTIALS, secretAccessKey: "other" }))).toBe(false);
});

test("a session token is sent and signed", () => {
  const headers = signed({ ...LOCAL_CREDENTIALS, ...{ sessionToken: "a role's" } });
  expect(headers).toMatchObject({ "x-amz-security-token": "a role's" });
  expect(arrives({ ...headers, "x-amz-security-token": "another" })).toBe(false);
});

test.each(["https://api.example.com/v1/a b", "https://api.example.com/v1?x=1"])(
  "%s cannot be signed here, and is not signed wrongly",
  (address) => {
    const request = { method: "GET", url: new URL(address), body: "" };
    expect(() => signRequest(request, LOCAL_CREDENTIALS, "us-east-1", now)).toThrow();
  },
);
