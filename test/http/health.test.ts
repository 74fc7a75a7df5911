import { expect, test } from "vitest";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock, storage } = service;

test("anybody may ask, and learns nothing but that the service can decide", async () => {
  const reply = await service.browser().get("/v1/health");
  expect(reply).toMatchObject({ status: 200, body: { status: "ok" }, setCookies: [] });
  expect(reply.headers["cache-control"]).toBe("no-store");
});

test("a store that does not answer is a 503 that says no more, and good again seconds later", async () => {
  clock.advance(5);
  storage.failWhen(() => "before");
  const down = await service.browser().get("/v1/health");
  storage.failWhen(undefined);
  expect(down).toMatchObject({ status: 503, code: "unavailable" });
  expect(down.headers["retry-after"]).toBe("5");
  expect((await service.browser().get("/v1/health")).status).toBe(503);
  clock.advance(5);
  expect((await service.browser().get("/v1/health")).status).toBe(200);
});
