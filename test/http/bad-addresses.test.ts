import { describe, expect, test } from "vitest";
import { contracts } from "../../lib/contract/all.ts";
import { startService } from "../support/service.ts";
import { marker } from "./bad-fields.ts";
import { refused, type Expected } from "./refused.ts";
import { newSubject, sendValid, senderOf, validRequest } from "./valid-requests.ts";

const service = await startService();
const subject = await newSubject(service);

const withParameter = contracts.filter(({ path }) => path.includes("{"));
const withCookie = contracts.filter(
  ({ credential }) => credential !== "none" && credential !== "host",
);

const paths = {
  "nothing there": "no-such-thing",
  "a slash": "a%2Fb",
  "two dots": "..",
  "encoded dots": "%2E%2E%2F",
  __proto__: "__proto__",
  constructor: "constructor",
  NUL: "a%00b",
  "a key separator": "x%23session%23y",
  "a blank": "%20",
  "129 characters": "a".repeat(129),
  "4 KB": "a".repeat(4096),
  "other letters": "%D0%B0%D0%B1",
  "a percent sign": "%25",
};

describe.each(withParameter)("$method $path finds nothing at", (contract) => {
  const { json } = validRequest(contract, subject);
  const ofAccount = contract.path.startsWith("/v1/accounts/{id}");
  // A host names its accounts as it likes, within the alphabet of their ids.
  const couldBe = (name: string) => ofAccount && /^[a-z_-]{1,128}$/.test(name);
  const names = Object.entries(paths).filter(
    ([, name]) => contract.operation !== "putAccount" || !couldBe(name),
  );
  test.each(names)("%s", async (_, segment) => {
    const path = contract.path.replace(/\{\w+\}/, segment).replace(/\{\w+\}/, "x");
    const browser = senderOf(contract, subject, service);
    const send = () => browser.send(contract.method, path, { json });
    const decoded = decodeURIComponent(segment);
    // A host is told that it named no id; browsers only have ids that we made.
    const expected: Expected =
      ofAccount && !couldBe(segment) ? [400, "invalid_request"] : [404, "not_found"];
    await refused(service, send, expected, [decoded]);
  });

  test("an empty name", async () => {
    const path = contract.path.replace(/\{\w+\}/, "").replace(/\{\w+\}/, "x");
    const reply = await senderOf(contract, subject, service).send(contract.method, path, { json });
    expect(reply.code).toBe("not_found");
  });
});

const secret = "A".repeat(43);
const cookieValues = {
  empty: "",
  "one part": marker,
  "two parts": "a.b",
  "four parts": `a.b.${secret}.c`,
  "a prototype": `__proto__.constructor.${secret}`,
  "a key separator": `a#b.c.${secret}`,
  NUL: `a\0.b.${secret}`,
  "other letters": `\u0430.b.${secret}`,
  "a short secret": `a.b.${secret.slice(1)}`,
  "8 KB": `${"a".repeat(8192)}.b.${secret}`,
  quotes: `"a.b.${secret}"`,
};

describe.each(withCookie)("$method $path takes no cookie with", (contract) => {
  const request = validRequest(contract, subject);
  const expected: Expected =
    contract.credential === "challenge" ? [401, "no_challenge"] : [401, "unauthenticated"];

  test.each(Object.entries(cookieValues))("%s", async (_, value) => {
    const cookies = ["__Host-session", "__Host-challenge"].flatMap((name) => [
      `${name}=${value}`,
      `${name}=${value}`,
    ]);
    const send = () => sendValid(contract, request, service.browser(), { cookies });
    await refused(service, send, expected);
  });
});

describe("what is no route", () => {
  test.each([
    ["GET", "/", 404, undefined],
    ["GET", "/v1/__proto__", 404, undefined],
    ["POST", "/v1/challenge/totp/", 404, undefined],
    ["GET", "/v1/sign-in", 405, "POST"],
    ["PATCH", "/v1/challenge", 405, "DELETE, GET"],
    ["HEAD", "/v1/session", 405, "GET"],
    ["GET", "/v1/sessions/some-session", 405, "DELETE"],
    ["DELETE", "/v1/accounts/somebody", 405, "GET, PUT"],
    ["GET", "/v1/telegram/webhook", 405, "POST"],
    ["PUT", "/v1/calls/ucaller/status", 405, "POST"],
    ["GET", "/v1/calls//status", 404, undefined],
    // The gateway compares what was sent, and finds no route for these.
    ["GET", "/v1/%73ession", 404, undefined],
    ["POST", "/v1/sign%2Din", 404, undefined],
    ["PUT", "/v1/accounts%2Fsomebody", 404, undefined],
  ])("%s %s", async (method, path, status, allow) => {
    const reply = await service.browser().send(method, path);
    expect([reply.status, reply.headers["allow"]]).toEqual([status, allow]);
  });
});
