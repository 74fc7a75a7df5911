import { describe, expect, test } from "vitest";
import { contracts } from "../../lib/contract/all.ts";
import { panelOrigin } from "../support/service-browser.ts";
import { newPerson } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const browser = service.browser();

const foreign = [
  "https://evil.example",
  "null",
  "",
  "http://panel.example.com",
  "https://panel.example.com:8443",
  "https://panel.example.com.evil.example",
  "https://sub.panel.example.com",
  `${panelOrigin}, https://evil.example`,
  `${panelOrigin}/`,
];
const changing = contracts.filter(({ method }) => method !== "GET");
const reading = contracts.filter(({ method }) => method === "GET");

describe.each(changing)("$method $path from a foreign origin", ({ method, path }) => {
  test.each(foreign)("%j is refused before anything is read", async (origin) => {
    const reply = await browser.send(method, path.replace(/\{\w+\}/, "x"), {
      json: {},
      headers: { origin },
    });
    expect([reply.status, reply.code]).toEqual([403, "forbidden_origin"]);
    expect(reply.calls).toEqual([]);
  });
});

test.each(reading)("$method $path changes nothing, so any origin may ask", async ({ path }) => {
  const before = await service.storage.snapshot();
  const reply = await browser.send("GET", path.replace(/\{\w+\}/, "x"), {
    headers: { origin: "https://evil.example" },
  });
  expect(reply.code).not.toBe("forbidden_origin");
  expect(await service.storage.snapshot()).toEqual(before);
});

test.each([panelOrigin, "https://other.example.com", undefined])(
  "%s may sign in",
  async (origin) => {
    const { email, password } = await newPerson(service);
    const sending = { json: { email, password }, headers: { origin } };
    expect((await service.browser().send("POST", "/v1/sign-in", sending)).status).toBe(200);
  },
);

test("the header's name may be spelled in any case", async () => {
  const headers = { origin: undefined, Origin: "https://evil.example" };
  const reply = await browser.send("POST", "/v1/sign-in", { json: {}, headers });
  expect(reply.code).toBe("forbidden_origin");
});

test("what no route takes is refused in the same way", async () => {
  const headers = { origin: "https://evil.example" };
  expect((await browser.send("POST", "/v1/nothing", { headers })).code).toBe("forbidden_origin");
  expect((await browser.send("PATCH", "/v1/session", { headers })).code).toBe("forbidden_origin");
});
