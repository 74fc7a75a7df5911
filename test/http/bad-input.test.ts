import { describe, expect, test } from "vitest";
import { contracts } from "../../lib/contract/all.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import type { Sending } from "../support/service-browser.ts";
import { startService } from "../support/service.ts";
import { badBodies, marker } from "./bad-fields.ts";
import { refused, type Expected } from "./refused.ts";
import { newSubject, pathWith, senderOf, validRequest } from "./valid-requests.ts";

const service = await startService();
const subject = await newSubject(service);

const withBody = contracts.filter(({ body }) => body);

const sendRaw = (contract: Contract, sending: Sending) => {
  const { id } = validRequest(contract, subject);
  return senderOf(contract, subject, service).send(
    contract.method,
    pathWith(contract, id),
    sending,
  );
};

describe.each(withBody)("$method $path refuses", (contract) => {
  const { json = {} } = validRequest(contract, subject);
  const text = JSON.stringify(json);
  const [field = ""] = Object.keys(json);
  const invalid: Expected = [400, "invalid_request"];
  const notJson: Expected = [400, "invalid_json"];

  test.each(badBodies(contract, json))("$name", async ({ json: bad }) => {
    const send = () => sendRaw(contract, { json: bad });
    const reply = await refused(service, send, invalid, Object.values(bad));
    expect(reply.body).toHaveProperty("errors.0.pointer", expect.stringMatching(/^\/\w+$/));
  });

  const optionalOnly = contract.body?.safeParse({}).success === true;
  const bodies: [string, Expected, Sending][] = [
    ["an unknown field", invalid, { json: { ...json, [marker]: 1 } }],
    ["__proto__ beside", invalid, { body: text.replace("{", `{"__proto__":{"admin":true},`) }],
    ["constructor beside", invalid, { json: { ...json, constructor: { prototype: marker } } }],
    ["an array", invalid, { json: [json] }],
    ["a text", invalid, { json: marker }],
    ["null", invalid, { body: "null" }],
    [
      "a field twice",
      notJson,
      { body: text.replace(/}$/, `,"${field}":${JSON.stringify(json[field] ?? null)}}`) },
    ],
    ["a field twice, at last as null", notJson, { body: text.replace(/}$/, `,"${field}":null}`) }],
    ["deep nesting", invalid, { body: `{"code":${"[".repeat(1000)}${"]".repeat(1000)}}` }],
    ["nesting without end", notJson, { body: `{"code":${"[".repeat(4000)}${"]".repeat(4000)}}` }],
    ["deep nesting of objects", invalid, { body: `${'{"email":'.repeat(800)}1${"}".repeat(800)}` }],
    ["bad JSON", notJson, { body: `{'code': ${marker}}` }],
    ["truncated JSON", notJson, { body: text.slice(0, -1) }],
    ["two JSON values", notJson, { body: `${text}${text}` }],
    ["a blank body", notJson, { body: " " }],
    ["a lone surrogate", notJson, { body: text.replace(/}$/, ',"\\ud800":"\\ud800"}') }],
    ["a byte order mark", notJson, { body: `\ufeff${text}` }],
    ["unclosed nesting", notJson, { body: "[".repeat(8000) }],
    ["over 8 KB", [413, "payload_too_large"], { body: `${text}${" ".repeat(8192)}` }],
    [
      "over 8 KB in base64",
      [413, "payload_too_large"],
      { body: Buffer.from(`${text}${" ".repeat(8192)}`).toString("base64"), base64: true },
    ],
    ["base64 of no JSON", notJson, { body: Buffer.from(marker).toString("base64"), base64: true }],
    ...["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", undefined].map(
      (type): [string, Expected, Sending] => [
        `content type ${String(type)}`,
        [415, "unsupported_media_type"],
        { body: text, headers: { "content-type": type } },
      ],
    ),
  ];
  test.each(bodies)("%s", async (_, expected, sending) => {
    await refused(service, () => sendRaw(contract, sending), expected);
  });

  if (!optionalOnly) {
    test("no body", async () => {
      await refused(service, () => sendRaw(contract, {}), invalid);
    });
  }

  test("an origin that is not allowed, whatever else it holds", async () => {
    for (const origin of [
      "https://evil.example",
      "null",
      "https://panel.example.com.evil.example",
    ]) {
      const sending = { json, headers: { origin } };
      await refused(service, () => sendRaw(contract, sending), [403, "forbidden_origin"]);
    }
  });
});

test("a body of 8 KB is taken, in base64 and with a charset too; one byte more is not", async () => {
  const { email, password } = subject.person;
  const send = (bytes: number, base64 = false, type = "application/json") => {
    const body = JSON.stringify({ email, password }).padEnd(bytes);
    return service.browser().send("POST", "/v1/sign-in", {
      body: base64 ? Buffer.from(body).toString("base64") : body,
      base64,
      headers: { "content-type": type },
    });
  };
  expect((await send(8192)).status).toBe(200);
  expect((await send(8192, true)).status).toBe(200);
  expect((await send(8192, false, "Application/JSON; charset=UTF-8")).status).toBe(200);
  expect((await send(8193)).status).toBe(413);
  expect((await send(8193, true)).status).toBe(413);
});
