import { expect, test } from "vitest";
import { listSessions, readSession } from "../../lib/contract/sessions.ts";
import type { Browser } from "../support/service-browser.ts";
import {
  challenged,
  newPerson,
  newSecuredPerson,
  signedIn,
  signedInTwice,
} from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock } = service;

const isLive = async (browser: Browser) => (await browser.get("/v1/session")).status === 200;
const sessionOf = async (browser: Browser) =>
  readSession.answers[200].parse((await browser.get("/v1/session")).body).session;

const keep = async (browser: Browser, seconds: number) => {
  for (let passed = 0; passed < seconds; passed += 1500) {
    expect(await isLive(browser)).toBe(true);
    clock.advance(Math.min(1500, seconds - passed));
  }
};

test("a session that is not used for half an hour has ended", async () => {
  const browser = await signedIn(service, await newPerson(service));
  clock.advance(1799);
  expect(await isLive(browser)).toBe(true);
  clock.advance(1799);
  expect(await isLive(browser)).toBe(true);
  clock.advance(1800);
  expect(await isLive(browser)).toBe(false);
});

test("a session ends after twelve hours, however it is used", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  await keep(browser, 43_200 - 60);
  expect((await browser.post("/v1/reauthentication", { password: person.password })).status).toBe(
    200,
  );
  clock.advance(59);
  expect(await isLive(browser)).toBe(true);
  clock.advance(1);
  expect(await isLive(browser)).toBe(false);
});

test("when a session was last seen is written at most every five minutes", async () => {
  const browser = await signedIn(service, await newPerson(service));
  const begun = clock.now();
  const lastSeen = async () => {
    const { sessions } = listSessions.answers[200].parse((await browser.get("/v1/sessions")).body);
    return (Date.parse(sessions[0]?.lastSeenAt ?? "") - begun) / 1000;
  };
  clock.advance(299);
  await browser.get("/v1/session");
  expect(await lastSeen()).toBe(0);
  clock.advance(1);
  await browser.get("/v1/session");
  expect(await lastSeen()).toBe(300);
  clock.advance(200);
  await browser.get("/v1/session");
  expect(await lastSeen()).toBe(300);
});

test("what is refused does not keep a session alive", async () => {
  const browser = await signedIn(service, await newPerson(service));
  clock.advance(1700);
  expect((await browser.post("/v1/totp", {})).code).toBe("reauthentication_required");
  expect((await browser.post("/v1/reauthentication", { password: 1 })).code).toBe(
    "invalid_request",
  );
  clock.advance(100);
  expect(await isLive(browser)).toBe(false);
});

test("proving it again makes a new token of the same session, and the old one is dead", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  const [thief, before] = [browser.copy(), await sessionOf(browser)];
  clock.advance(60);
  const reply = await browser.post("/v1/reauthentication", { password: person.password });
  expect(reply.body).toEqual({ status: "reauthenticated" });
  expect(await isLive(thief)).toBe(false);
  expect(await sessionOf(browser)).toEqual({
    ...before,
    authenticatedAt: new Date(clock.now()).toISOString(),
  });
});

test("so does proving it by a code, and only when the code is right", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  const [thief, before] = [browser.copy(), await sessionOf(browser)];
  await browser.post("/v1/reauthentication", { password: person.password });
  expect((await browser.post("/v1/challenge/totp", { code: app.wrong() })).code).toBe("wrong_code");
  expect(await isLive(thief)).toBe(true);
  expect((await browser.post("/v1/challenge/totp", { code: app.nextCode() })).status).toBe(200);
  expect(await isLive(thief)).toBe(false);
  expect(await sessionOf(browser)).toMatchObject({ id: before.id, method: "totp" });
});

test("a challenge of somebody who signed out meanwhile renews nothing", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  await browser.post("/v1/reauthentication", { password: person.password });
  const challenge = browser.cookie("__Host-challenge");
  await browser.post("/v1/sign-out");
  const reply = await service.browser().send("POST", "/v1/challenge/totp", {
    json: { code: app.nextCode() },
    cookies: [challenge],
  });
  expect(reply.code).toBe("unauthenticated");
  expect(reply.setCookies).toEqual([]);
});

test("cookies are for this host alone, out of reach of scripts, and of a random 256 bits", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  const [account, secret] = [person.id, "[A-Za-z0-9_-]{43}"];
  const attributes = "Path=/; HttpOnly; Secure; SameSite=Lax";
  const asked = await browser.post("/v1/sign-in", {
    email: person.email,
    password: person.password,
  });
  expect(asked.setCookies).toEqual([
    expect.stringMatching(
      new RegExp(
        `^__Host-challenge=${account}\\.chal_[\\w-]{22}\\.${secret}; ${attributes}; Max-Age=600$`,
      ),
    ),
  ]);
  const entered = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(entered.setCookies).toEqual([
    expect.stringMatching(
      new RegExp(
        `^__Host-session=${account}\\.sess_[\\w-]{22}\\.${secret}; ${attributes}; Max-Age=43200$`,
      ),
    ),
  ]);
  expect((await browser.post("/v1/sign-out")).setCookies).toEqual([
    `__Host-session=; ${attributes}; Max-Age=0`,
    `__Host-challenge=; ${attributes}; Max-Age=0`,
  ]);
});

test("no session is made or renewed without a new random token", async () => {
  const { person, app } = await newSecuredPerson(service);
  const tokens = new Set<string>();
  for (let i = 0; i < 5; i += 1) {
    const browser = await signedInTwice(service, person, app);
    tokens.add(browser.cookie("__Host-session"));
    tokens.add(browser.cookie("__Host-challenge"));
  }
  expect(tokens.size).toBe(10);
});

test("a cookie that was set before signing in is not taken over", async () => {
  const { person, app } = await newSecuredPerson(service);
  const planted = `__Host-session=${person.id}.sess_planted.${"A".repeat(43)}`;
  const browser = service.browser();
  const { setCookies } = await browser.send("POST", "/v1/sign-in", {
    json: { email: person.email, password: person.password },
    cookies: [planted],
  });
  expect(setCookies.join()).not.toContain("__Host-session");
  await browser.send("POST", "/v1/challenge/totp", {
    json: { code: app.nextCode() },
    cookies: [planted, browser.cookie("__Host-challenge")],
  });
  expect(browser.cookie("__Host-session")).not.toContain("planted");
  const stolen = { cookies: [planted] };
  expect((await service.browser().send("GET", "/v1/session", stolen)).code).toBe("unauthenticated");
});

test("the challenge cookie opens nothing but the challenge", async () => {
  const { person } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  for (const path of ["/v1/session", "/v1/sessions", "/v1/security"]) {
    expect((await browser.get(path)).code).toBe("unauthenticated");
  }
  expect((await browser.get("/v1/challenge")).status).toBe(200);
});

test("signing out of a session that has ended, or of none, clears the cookies all the same", async () => {
  const person = await newPerson(service);
  const [browser, other] = [await signedIn(service, person), await signedIn(service, person)];
  expect((await other.delete("/v1/sessions")).status).toBe(204);
  expect(await isLive(browser)).toBe(false);
  for (const one of [browser, service.browser()]) {
    const reply = await one.post("/v1/sign-out");
    expect(reply.status).toBe(204);
    expect(reply.setCookies.every((cookie) => cookie.includes("Max-Age=0"))).toBe(true);
    expect(one.has("__Host-session")).toBe(false);
  }
  expect(await isLive(other)).toBe(true);
});

test("a session is signed out by its secret alone, not by its id", async () => {
  const browser = await signedIn(service, await newPerson(service));
  const [account = "", session = ""] = browser.cookie("__Host-session").split(".");
  const cookies = [`${account}.${session}.${"A".repeat(43)}`];
  expect((await service.browser().send("POST", "/v1/sign-out", { cookies })).status).toBe(204);
  expect(await isLive(browser)).toBe(true);
});
