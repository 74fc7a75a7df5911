import { describe, expect, test } from "vitest";
import { createAccountSession } from "../../lib/contract/accounts.ts";
import type { Browser } from "../support/service-browser.ts";
import { addedApp, challenged, newPerson, signedIn } from "../support/service-people.ts";
import { storedAccount } from "../support/service-stored.ts";
import { startService } from "../support/service.ts";
import { newTicket } from "./valid-requests.ts";

const service = await startService();
const { clock, host } = service;

let people = 0;
/** Somebody whom the host signs in: no password here, no mail that anybody needs. */
const newGuest = async () => {
  people += 1;
  const id = `guest-${people}`;
  const email = `${id}@example.com`;
  expect((await host.put(`/v1/accounts/${id}`, { email })).status).toBe(201);
  return { id, email };
};

const open = (browser: Browser, token: string, more: object = {}, key?: string) =>
  browser.post(
    "/v1/sessions/open",
    { token, ...more },
    key === undefined ? {} : { "idempotency-key": key },
  );

/** A browser that the host's user has the tab open in. */
const inTheTab = async (person: { readonly id: string }, browser = service.browser()) => {
  const opened = await open(browser, await newTicket(service, person));
  expect(opened.body).toEqual({ status: "signed_in" });
  return browser;
};

const sessionOf = async (browser: Browser) => (await browser.get("/v1/session")).body;

test("somebody without a password of ours enrols an app from the host's page", async () => {
  const guest = await newGuest();
  const browser = await inTheTab(guest);
  expect(await sessionOf(browser)).toMatchObject({
    account: { id: guest.id },
    session: { method: "host", authenticatedAt: new Date(clock.now()).toISOString() },
  });
  await addedApp(service, browser);
  expect((await browser.get("/v1/security")).body).toMatchObject({
    secondStep: true,
    recentActivity: expect.arrayContaining([
      expect.objectContaining({ event: "signed_in", device: "Firefox on Windows" }),
    ]) as unknown,
  });
});

test("with the second step on, the host's word opens a challenge and no session", async () => {
  const guest = await newGuest();
  const app = await addedApp(service, await inTheTab(guest));
  const browser = service.browser();
  const returnTo = "https://panel.example.com/security";
  const opened = await open(browser, await newTicket(service, guest, { returnTo }));
  expect(opened.body).toMatchObject({
    status: "second_step",
    challenge: { purpose: "sign_in", status: "pending", returnTo },
  });
  expect((await browser.get("/v1/session")).code).toBe("unauthenticated");
  const completed = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(completed.body).toMatchObject({ status: "signed_in" });
  expect(await sessionOf(browser)).toMatchObject({ session: { method: "totp" } });
});

test("a session is as fresh as the host says, and a fresh word renews it", async () => {
  const guest = await newGuest();
  const before = new Date(clock.now() - 11 * 60_000).toISOString();
  const browser = service.browser();
  await open(browser, await newTicket(service, guest, { authenticatedAt: before }));
  expect((await browser.post("/v1/totp", {})).code).toBe("reauthentication_required");
  const old = browser.cookie("__Host-session");
  await inTheTab(guest, browser);
  expect((await browser.post("/v1/totp", {})).status).toBe(201);
  expect((await service.browser().send("GET", "/v1/session", { cookies: [old] })).code).toBe(
    "unauthenticated",
  );
});

test("re-authentication asks for the second step alone, and sends to the host where it is off", async () => {
  const guest = await newGuest();
  const browser = await inTheTab(guest);
  expect((await browser.post("/v1/reauthentication", {})).code).toBe("host_session_required");
  const app = await addedApp(service, browser);
  const opened = await browser.post("/v1/reauthentication", {});
  expect(opened.body).toMatchObject({
    status: "second_step",
    challenge: { purpose: "reauthentication" },
  });
  const answered = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(answered.body).toEqual({ status: "reauthenticated" });
});

test("who has a password of ours cannot leave it out", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  const reply = await browser.post("/v1/reauthentication", {});
  expect([reply.code, reply.body]).toMatchObject([
    "invalid_request",
    { errors: [{ pointer: "/password" }] },
  ]);
});

describe("a ticket", () => {
  test("works once, and for a minute", async () => {
    const guest = await newGuest();
    const token = await newTicket(service, guest);
    expect((await open(service.browser(), token)).status).toBe(200);
    expect((await open(service.browser(), token)).code).toBe("invalid_token");
    const late = await newTicket(service, guest);
    clock.advance(60);
    expect((await open(service.browser(), late)).code).toBe("invalid_token");
  });

  test("gives the same session again to the request whose answer was lost, and to no other", async () => {
    const guest = await newGuest();
    const token = await newTicket(service, guest);
    const browser = service.browser();
    expect((await open(browser, token, {}, "key-1")).status).toBe(200);
    const cookie = browser.cookie("__Host-session");
    const again = service.browser();
    expect((await open(again, token, {}, "key-1")).status).toBe(200);
    expect(again.cookie("__Host-session")).toBe(cookie);
    expect((await open(service.browser(), token, {}, "key-2")).code).toBe("invalid_token");
    clock.advance(60);
    expect((await open(again, token, {}, "key-1")).code).toBe("invalid_token");
  });

  test("gives the same challenge again to the same request", async () => {
    const guest = await newGuest();
    await addedApp(service, await inTheTab(guest));
    const token = await newTicket(service, guest);
    const [browser, again] = [service.browser(), service.browser()];
    const first = await open(browser, token, {}, "key-1");
    expect((await open(again, token, {}, "key-1")).body).toEqual(first.body);
    expect(again.cookie("__Host-challenge")).toBe(browser.cookie("__Host-challenge"));
  });

  test("does not outlive a reset, nor the end of all sessions", async () => {
    const guest = await newGuest();
    const tokens = [await newTicket(service, guest), await newTicket(service, guest)];
    await host.post(`/v1/accounts/${guest.id}/reset`, { reason: "Lost" });
    expect((await open(service.browser(), tokens[0] ?? "")).code).toBe("invalid_token");
    const another = await newTicket(service, guest);
    expect((await host.delete(`/v1/accounts/${guest.id}/sessions`)).status).toBe(204);
    expect((await open(service.browser(), another)).code).toBe("invalid_token");
  });

  test("of one account does not open another's, with any part exchanged", async () => {
    const [ann, bob] = [await newGuest(), await newGuest()];
    const token = await newTicket(service, ann);
    const [, id, secret = ""] = token.split(".");
    for (const forged of [
      `${bob.id}.${id ?? ""}.${secret}`,
      `${ann.id}.tick_other.${secret}`,
      `${ann.id}.${id ?? ""}.${"A".repeat(43)}`,
      `nobody.${id ?? ""}.${secret}`,
    ]) {
      expect((await open(service.browser(), forged)).code).toBe("invalid_token");
    }
    expect((await open(service.browser(), token)).status).toBe(200);
  });

  test("asks before it replaces the session of another account, and is not used up by asking", async () => {
    const [ann, bob] = [await newGuest(), await newGuest()];
    const browser = await inTheTab(ann);
    const token = await newTicket(service, bob);
    const asked = await open(browser, token);
    expect([asked.code, asked.body]).toMatchObject([
      "session_of_another_account",
      { account: { email: bob.email }, session: { email: ann.email } },
    ]);
    expect(await sessionOf(browser)).toMatchObject({ account: { id: ann.id } });
    expect((await open(browser, token, { replaceSession: true })).status).toBe(200);
    expect(await sessionOf(browser)).toMatchObject({ account: { id: bob.id } });
  });

  test("is one of three: a fourth pushes out the oldest, and all are forgotten", async () => {
    const guest = await newGuest();
    const tokens = [];
    for (let n = 0; n < 4; n += 1) tokens.push(await newTicket(service, guest));
    expect((await open(service.browser(), tokens[0] ?? "")).code).toBe("invalid_token");
    expect((await open(service.browser(), tokens[3] ?? "")).status).toBe(200);
    clock.advance(700);
    await host.delete(`/v1/accounts/${guest.id}/sessions`);
    expect((await storedAccount(service, guest.id)).sessionTickets).toEqual([]);
  });
});

test.each([
  ["no time", { authenticatedAt: undefined }, "/authenticatedAt"],
  ["a time in the future", { authenticatedAt: "2099-01-01T00:00:00.000Z" }, "/authenticatedAt"],
  ["a time long ago", { authenticatedAt: "2001-01-01T00:00:00.000Z" }, "/authenticatedAt"],
  ["no date", { authenticatedAt: "2026-02-31T10:00:00Z" }, "/authenticatedAt"],
  ["half a date", { authenticatedAt: "9999-99-99T99:99:99Z" }, "/authenticatedAt"],
  ["no browser", { device: undefined }, "/device"],
  ["two browsers", { userAgent: "curl/8" }, "/device"],
  ["a page elsewhere", { returnTo: "https://evil.example/" }, "/returnTo"],
])("a host that says %s is told so", async (_, wrong, pointer) => {
  const guest = await newGuest();
  const reply = await host.post(`/v1/accounts/${guest.id}/sessions`, {
    ip: "203.0.113.7",
    device: "Firefox",
    authenticatedAt: new Date(clock.now()).toISOString(),
    ...wrong,
  });
  expect(reply.code).toBe("invalid_request");
  expect(reply.body).toMatchObject({ errors: [{ pointer }] });
});

test("a long user agent is taken, and shown by the names in it", async () => {
  const guest = await newGuest();
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 ${"x".repeat(800)}`;
  const { body } = await host.post(`/v1/accounts/${guest.id}/sessions`, {
    ip: "203.0.113.7",
    userAgent,
    authenticatedAt: new Date(clock.now()).toISOString(),
  });
  await open(service.browser(), createAccountSession.answers[201].parse(body).token);
  expect((await storedAccount(service, guest.id)).activity.signIns).toMatchObject([
    { device: "Firefox on Linux", ip: "203.0.113.7" },
  ]);
});

test("a host sees and ends the challenges that it opened, and no other", async () => {
  const guest = await newGuest();
  await addedApp(service, await inTheTab(guest));
  const at = `/v1/accounts/${guest.id}/challenges`;
  const { body } = await host.post(at, { ip: "203.0.113.7", device: "Firefox" });
  const { challengeId } = body as { challengeId: string };
  expect((await host.get(`${at}/${challengeId}`)).body).toEqual({ status: "pending" });
  expect((await host.delete(`${at}/${challengeId}`)).status).toBe(204);
  expect((await host.get(`${at}/${challengeId}`)).body).toEqual({ status: "cancelled" });
  expect((await host.delete(`${at}/${challengeId}`)).status).toBe(204);

  const person = await newPerson(service);
  await addedApp(service, await signedIn(service, person));
  const own = (await challenged(service, person)).cookie("__Host-challenge").split(".")[1] ?? "";
  const theirs = `/v1/accounts/${person.id}/challenges/${own}`;
  expect((await host.get(theirs)).code).toBe("not_found");
  expect((await host.delete(theirs)).code).toBe("not_found");
  expect((await host.get(`${at}/__proto__`)).code).toBe("not_found");
});
