import { expect, test } from "vitest";
import { listSessions } from "../../../lib/contract/sessions.ts";
import { approve, newLinkedPerson, notMe, tap } from "../../support/service-asked.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock } = service;

test("re-authentication asks in Telegram as well: the session is renewed, not doubled", async () => {
  const { person, owner: browser, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  clock.advance(601);
  expect((await browser.post("/v1/telegram")).code).toBe("reauthentication_required");
  const old = browser.copy();
  const begun = await browser.post("/v1/reauthentication", { password: person.password });
  expect(begun.body).toMatchObject({
    status: "second_step",
    challenge: { purpose: "reauthentication", methods: { telegram: {} } },
  });
  await telegram.runJobs();
  await approve(service, browser, chat);
  expect((await browser.post("/v1/telegram")).code).toBe("reauthentication_required");
  expect((await browser.post("/v1/challenge/complete")).body).toEqual({
    status: "reauthenticated",
  });
  expect((await browser.post("/v1/telegram")).status).toBe(201);
  expect((await old.get("/v1/session")).code).toBe("unauthenticated");
  const { sessions } = listSessions.answers[200].parse((await browser.get("/v1/sessions")).body);
  expect(sessions).toMatchObject([{ current: true, method: "telegram" }]);
});

test("re-authentication that is denied leaves the session as it was", async () => {
  const { person, owner: browser, chats } = await newLinkedPerson(service);
  clock.advance(601);
  await browser.post("/v1/reauthentication", { password: person.password });
  await telegram.runJobs();
  await tap(service, chats[0] ?? 0, notMe);
  expect((await browser.post("/v1/challenge/complete")).code).toBe("challenge_denied");
  expect((await browser.get("/v1/session")).status).toBe(200);
  expect((await browser.post("/v1/telegram")).code).toBe("reauthentication_required");
});
