import { expect, test } from "vitest";
import {
  approve,
  asked,
  lastTo,
  newAsked,
  newLinkedPerson,
  newTelegramUser,
  statusOf,
} from "../../support/service-asked.ts";
import { begunLink, challenged, newPerson, signedIn } from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock, queue } = service;

test("a request that went out after the queue was down at the sign-in is edited when it expires", async () => {
  const { person, chats } = await newLinkedPerson(service);
  queue.down = true;
  const browser = await challenged(service, person);
  queue.down = false;
  clock.advance(30);
  expect((await browser.post("/v1/challenge/telegram")).status).toBe(202);
  await telegram.runJobs();
  clock.advance(601);
  await telegram.runJobs();
  expect(await statusOf(browser)).toBe("expired");
  expect(lastTo(service, chats[0] ?? 0).html).toContain("Too late");
});

test("giving up what was approved is not noted as a cancellation, however often", async () => {
  const { browser, owner, chats } = await newAsked(service);
  await approve(service, browser, chats[0] ?? 0);
  const before = (await owner.get("/v1/security")).body;
  for (let n = 0; n < 3; n += 1) expect((await browser.delete("/v1/challenge")).status).toBe(204);
  expect(await statusOf(browser)).toBe("approved");
  expect((await owner.get("/v1/security")).body).toEqual(before);
});

test("a message whose edit Telegram put off is edited, also when newer sign-ins have come since", async () => {
  const { person, browser, chats } = await newAsked(service);
  telegram.faults.edit.push({ kind: "later", seconds: 30 });
  await browser.delete("/v1/challenge");
  await telegram.runJobs();
  for (let n = 0; n < 4; n += 1) {
    const next = await challenged(service, person);
    await next.delete("/v1/challenge");
  }
  clock.advance(30);
  await telegram.runJobs();
  expect(lastTo(service, chats[0] ?? 0).html).toContain("was cancelled");
});

test("the message to an account that was unlinked is edited in the language that it was written in", async () => {
  const person = await newPerson(service);
  const owner = await signedIn(service, person);
  const chat = newTelegramUser();
  const { id, token } = await begunLink(owner);
  await telegram.write(chat, `/start ${token}`, "Олена", "uk");
  await owner.post(`/v1/telegram/links/${id}/confirm`);
  await asked(service, person);
  const language = (html: string) => (/[а-яіїє]/i.test(html) ? "uk" : "en");
  expect(language(lastTo(service, chat).html)).toBe("uk");
  const { telegram: view } = (await owner.get("/v1/security")).body as {
    telegram: { accounts: { id: string }[] };
  };
  await owner.delete(`/v1/telegram/accounts/${view.accounts[0]?.id ?? ""}`);
  await telegram.runJobs();
  expect(lastTo(service, chat).edited).toBe(true);
  expect(language(lastTo(service, chat).html)).toBe("uk");
});
