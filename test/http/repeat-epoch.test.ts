import { expect, test } from "vitest";
import { challenged, newSecuredPerson } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();

// Today: 200 {"status":"signed_in"} with a cookie that is dead at its first use.
test("a repeat after other sessions were ended does not claim to have signed in", async () => {
  const { person, browser: owner, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const code = app.nextCode();
  const enter = () => browser.post("/v1/challenge/totp", { code }, { "idempotency-key": "one" });
  expect((await enter()).status).toBe(200);
  expect((await owner.delete("/v1/sessions")).status).toBe(204);
  expect((await enter()).body).not.toMatchObject({ status: "signed_in" });
});
