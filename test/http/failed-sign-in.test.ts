import { expect, test } from "vitest";
import { listSessions } from "../../lib/contract/sessions.ts";
import type { Browser } from "../support/service-browser.ts";
import { newPerson, signedIn, signIn } from "../support/service-people.ts";
import { writes } from "../support/service-storage.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { storage } = service;

const listed = async (browser: Browser) =>
  listSessions.answers[200].parse((await browser.get("/v1/sessions")).body).sessions.length;

test("a sign-in that failed leaves no session in the list", async () => {
  const person = await newPerson(service);
  const owner = await signedIn(service, person);
  storage.failWhen((call) => (writes(call, "account") ? "before" : undefined));
  expect((await signIn(person, service.browser())).status).toBe(503);
  storage.failWhen(undefined);
  expect(await listed(owner)).toBe(1);
});

test("a sign-in that failed leaves the session that its browser had", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  for (const item of ["account", "session#"] as const) {
    storage.failWhen((call) => (writes(call, item) ? "before" : undefined));
    expect((await signIn(person, browser)).status).toBe(503);
    storage.failWhen(undefined);
    expect((await browser.get("/v1/session")).status).toBe(200);
  }
  expect(await listed(browser)).toBe(1);
});

test("of many sign-ins at once as many sessions are listed as were answered", async () => {
  const person = await newPerson(service);
  const owner = await signedIn(service, person);
  const replies = await Promise.all(
    Array.from({ length: 18 }, () => signIn(person, service.browser())),
  );
  expect(await listed(owner)).toBe(1 + replies.filter(({ status }) => status === 200).length);
});
