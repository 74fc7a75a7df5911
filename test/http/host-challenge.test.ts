import { describe, expect, test } from "vitest";
import { openAccountChallenge } from "../../lib/contract/accounts.ts";
import { answerTotp } from "../../lib/contract/challenge.ts";
import type { Browser } from "../support/service-browser.ts";
import { newPerson, newSecuredPerson, signIn, type Person } from "../support/service-people.ts";
import { signInUrl } from "../support/service-routes.ts";
import { storedAccount } from "../support/service-stored.ts";
import { startService } from "../support/service.ts";
import { newToken } from "./valid-requests.ts";

const service = await startService();
const { clock, host } = service;

const ask = (id: string, more: object = {}) =>
  host.post(`/v1/accounts/${id}/challenges`, { ip: "203.0.113.7", device: "Firefox", ...more });
const take = (browser: Browser, token: string) => browser.post("/v1/challenge/open", { token });
const redeem = (grant: string, key?: string) =>
  host.post("/v1/grants/redeem", { grant }, key === undefined ? {} : { "idempotency-key": key });

/** A browser that took the host's challenge. */
const taken = async (person: Person) => {
  const browser = service.browser();
  expect((await take(browser, await newToken(service, person))).status).toBe(200);
  return browser;
};

test("a host hands its person over and learns once that the second step was passed", async () => {
  const { person, app } = await newSecuredPerson(service);
  const returnTo = "https://panel.example.com/home?tab=1";
  const asked = openAccountChallenge.answers[201].parse((await ask(person.id, { returnTo })).body);
  const url = new URL(asked.challengeUrl);
  expect(url.origin + url.pathname).toBe(signInUrl);
  // In the fragment, which no server and no Referer sees.
  expect(url.search).toBe("");
  const token = new URLSearchParams(url.hash.slice(1)).get("challenge") ?? "";

  const browser = service.browser();
  expect((await take(browser, token)).body).toMatchObject({
    id: asked.challengeId,
    purpose: "sign_in",
    status: "pending",
    attemptsLeft: 5,
  });
  const { body } = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  const { grant = "", returnTo: back = "" } = answerTotp.answers[200].parse(body);
  expect(back).toBe(`https://panel.example.com/home?tab=1&grant=${grant}`);
  expect((await redeem(grant)).body).toEqual({
    accountId: person.id,
    method: "totp",
    authenticatedAt: new Date(clock.now()).toISOString(),
    challengeId: asked.challengeId,
  });
  expect((await redeem(grant)).code).toBe("not_found");
});

test("somebody without a second step needs none, and nobody has none", async () => {
  const person = await newPerson(service);
  expect((await ask(person.id)).body).toEqual({ status: "not_required" });
  expect((await ask("nobody-at-all")).code).toBe("not_found");
});

test("a token opens the challenge in one browser, once", async () => {
  const { person } = await newSecuredPerson(service);
  const token = await newToken(service, person);
  const browsers = Array.from({ length: 8 }, () => service.browser());
  const replies = await Promise.all(browsers.map((browser) => take(browser, token)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(browsers.filter((browser) => browser.has("__Host-challenge"))).toHaveLength(1);
  expect((await take(service.browser(), token)).code).toBe("no_challenge");
});

test("a grant is redeemed by one of many at once", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await taken(person);
  const { body } = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  const { grant = "" } = answerTotp.answers[200].parse(body);
  const replies = await Promise.all(Array.from({ length: 8 }, () => redeem(grant)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
});

test("a grant lives a minute, a token as long as its challenge", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await taken(person);
  const { body } = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  const { grant = "" } = answerTotp.answers[200].parse(body);
  const token = await newToken(service, person);
  clock.advance(60);
  expect((await redeem(grant)).code).toBe("not_found");
  clock.advance(540);
  expect((await take(service.browser(), token)).code).toBe("challenge_expired");
});

test("a lost answer is asked for again: the same session and the same grant, which works once", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await taken(person);
  const code = app.nextCode();
  const enter = async () => {
    const reply = await browser.post("/v1/challenge/totp", { code }, { "idempotency-key": "one" });
    return answerTotp.answers[200].parse(reply.body).grant;
  };
  const [lost, grant] = [await enter(), await enter()];
  expect(grant).toBe(lost);
  expect((await redeem(grant ?? "")).status).toBe(200);
  expect((await redeem(grant ?? "")).code).toBe("not_found");
});

test("a host whose answer was lost redeems again by the same Idempotency-Key, and nobody else does", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await taken(person);
  const reply = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  const { grant = "" } = answerTotp.answers[200].parse(reply.body);
  const first = await redeem(grant, "key");
  expect(first.status).toBe(200);
  expect((await redeem(grant, "key")).body).toEqual(first.body);
  expect((await redeem(grant, "another")).code).toBe("not_found");
  expect((await redeem(grant)).code).toBe("not_found");
});

test("wrong codes of a host's challenge are charged like all others", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await taken(person);
  for (const code of app.manyWrong(5)) await browser.post("/v1/challenge/totp", { code });
  expect((await browser.get("/v1/challenge")).body).toMatchObject({ status: "locked" });
  expect((await storedAccount(service, person.id)).guesses.consecutiveWrong).toBe(5);
  const another = await taken(person);
  expect((await another.post("/v1/challenge/totp", { code: app.code() })).code).toBe(
    "too_many_attempts",
  );
});

test("a host may ask thirty times an hour, whatever was asked for by mail and password", async () => {
  const { person } = await newSecuredPerson(service);
  for (let i = 0; i < 15; i += 1) await signIn(person, service.browser());
  for (let i = 0; i < 30; i += 1) expect((await ask(person.id)).status).toBe(201);
  expect((await ask(person.id)).body).toMatchObject({
    code: "too_many_attempts",
    retryAfter: 3600,
  });
});

describe("the person is sent back to allowed origins alone, not to", () => {
  test.each([
    "https://evil.example/",
    "https://panel.example.com@evil.example/",
    "https://panel.example.com.evil.example/",
    "http://panel.example.com/",
    "javascript:alert(1)//https://panel.example.com/",
    "data:text/html,x",
    "//panel.example.com/",
    "/home",
  ])("%s", async (returnTo) => {
    const { person } = await newSecuredPerson(service);
    expect((await ask(person.id, { returnTo })).code).toBe("invalid_request");
  });
});
