import { expect, test } from "vitest";
import {
  addedApp,
  begunApp,
  challenged,
  newPerson,
  newSecuredPerson,
  signedIn,
  signedInTwice,
} from "../support/service-people.ts";
import { totpCode } from "../support/service-totp.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock } = service;

test("a second authenticator signs in too, and removing both switches the second step off", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  const tablet = await addedApp(service, browser);
  await signedInTwice(service, person, app);
  await signedInTwice(service, person, tablet);
  expect((await browser.delete(`/v1/totp/${app.id}`)).body).toMatchObject({
    secondStep: true,
    authenticators: [{ id: tablet.id }],
  });
  expect((await browser.delete(`/v1/totp/${app.id}`)).code).toBe("not_found");
  expect((await browser.delete(`/v1/totp/${tablet.id}`)).body).toMatchObject({
    secondStep: false,
    recentActivity: [
      { event: "totp_removed", ip: browser.ip, device: "Firefox on Windows", times: 2 },
      { event: "signed_in", method: "totp" },
      { event: "signed_in", method: "totp" },
      { event: "totp_enabled", times: 2 },
      { event: "signed_in", method: "password" },
    ],
  });
  expect((await browser.post("/v1/recovery-codes")).code).toBe("second_step_required");
  await signedIn(service, person);
});

test("a phone whose clock is wrong is told by how much", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  const app = await begunApp(service, browser);
  const slow = totpCode(app.secret, clock.now() - 150_000);
  const told = { offsetSeconds: -150, serverTime: new Date(clock.now()).toISOString() };
  const confirm = (code: string) => browser.post(`/v1/totp/${app.id}/confirm`, { code });
  expect((await confirm(slow)).body).toMatchObject({ code: "wrong_code", clock: told });
  expect((await confirm(app.wrong())).body).not.toHaveProperty("clock");
  // A phone that is half a minute ahead is accepted; its step is used up with all before it.
  expect((await confirm(totpCode(app.secret, clock.now() + 30_000))).status).toBe(200);

  await challenged(service, person, browser);
  const enter = (code: string) => browser.post("/v1/challenge/totp", { code });
  expect((await enter(app.code())).code).toBe("code_already_used");
  expect((await enter(app.nextCode())).code).toBe("code_already_used");
  const fast = totpCode(app.secret, clock.now() + 120_000);
  expect((await enter(fast)).body).toMatchObject({
    code: "wrong_code",
    attemptsLeft: 4,
    clock: { offsetSeconds: 120 },
  });
  expect((await enter(app.nextCode())).status).toBe(200);
});

test("an enrolment that waited ten minutes is over, and a new one replaces one that was begun", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  const replaced = await begunApp(service, browser);
  const app = await begunApp(service, browser);
  const confirm = ({ id, code }: typeof app) =>
    browser.post(`/v1/totp/${id}/confirm`, { code: code() });
  expect((await confirm(replaced)).code).toBe("not_found");
  clock.advance(599);
  await browser.post("/v1/reauthentication", { password: person.password });
  clock.advance(1);
  expect((await confirm(app)).code).toBe("enrolment_expired");
});

test("five authenticators are the most that an account has", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  for (let count = 0; count < 5; count += 1) await addedApp(service, browser);
  expect((await browser.post("/v1/totp", {})).code).toBe("limit_reached");
});
