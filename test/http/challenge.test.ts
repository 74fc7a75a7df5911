import { expect, test } from "vitest";
import { challenged, newSecuredPerson } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock } = service;

test("a sign-in that is given up is cancelled for good", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  expect((await browser.delete("/v1/challenge")).status).toBe(204);
  expect((await browser.get("/v1/challenge")).body).toMatchObject({ status: "cancelled" });
  expect((await browser.post("/v1/challenge/totp", { code: app.nextCode() })).code).toBe(
    "challenge_cancelled",
  );
  expect((await browser.delete("/v1/challenge")).status).toBe(204);
});

test("a challenge lives ten minutes and says what became of it", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  clock.advance(599);
  expect((await browser.get("/v1/challenge")).body).toMatchObject({ status: "pending" });
  clock.advance(1);
  expect((await browser.get("/v1/challenge")).body).toMatchObject({ status: "expired" });
  expect((await browser.post("/v1/challenge/totp", { code: app.code() })).code).toBe(
    "challenge_expired",
  );
});
