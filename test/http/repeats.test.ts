import { expect, test } from "vitest";
import type { Reply } from "../support/service-browser.ts";
import { challenged, newSecuredPerson } from "../support/service-people.ts";
import { startService } from "../support/service.ts";
import { storedSessions } from "../support/service-stored.ts";

const service = await startService();
const { clock } = service;

const count = (replies: readonly Reply[], wanted: string | number) =>
  replies.filter(({ code, status }) => (code ?? status) === wanted).length;

test("the same session again for the same Idempotency-Key, with the same secret, for a minute", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const stored = await storedSessions(service, person.id);
  const code = app.nextCode();
  const enter = (one = browser, key = "k-1") =>
    one.post("/v1/challenge/totp", { code }, { "idempotency-key": key });
  expect((await enter()).status).toBe(200);
  const old = browser.copy();
  clock.advance(59);
  expect((await enter()).body).toEqual({ status: "signed_in" });
  expect(await storedSessions(service, person.id)).toBe(stored + 1);
  expect(browser.cookie("__Host-session")).toBe(old.cookie("__Host-session"));
  expect((await browser.get("/v1/session")).status).toBe(200);
  expect(
    (await browser.post("/v1/challenge/complete", undefined, { "idempotency-key": "k-1" })).status,
  ).toBe(200);
  expect((await enter(browser, "k-2")).code).toBe("challenge_completed");
  expect((await browser.post("/v1/challenge/totp", { code })).code).toBe("challenge_completed");
  clock.advance(1);
  expect((await enter()).code).toBe("challenge_completed");
  expect((await browser.get("/v1/session")).status).toBe(200);
});

test("many repeats at once are still one session, and whichever answer comes last opens it", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const stored = await storedSessions(service, person.id);
  const code = app.nextCode();
  const copies = Array.from({ length: 8 }, () => browser.copy());
  const replies = await Promise.all(
    copies.map((one) => one.post("/v1/challenge/totp", { code }, { "idempotency-key": "same" })),
  );
  expect(count(replies, 200) + count(replies, "busy")).toBe(8);
  expect(await storedSessions(service, person.id)).toBe(stored + 1);
  const holders = copies.filter((one) => one.has("__Host-session"));
  const alive = await Promise.all(holders.map((one) => one.get("/v1/session")));
  expect(count(alive, 200)).toBe(holders.length);
  expect(holders.length).toBeGreaterThan(0);
});

test("a repeat does not revive a session that was ended", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const code = app.nextCode();
  const enter = () =>
    browser.post("/v1/challenge/totp", { code }, { "idempotency-key": "once more" });
  expect((await enter()).status).toBe(200);
  expect((await browser.copy().post("/v1/sign-out")).status).toBe(204);
  expect((await enter()).code).toBe("unauthenticated");
  expect((await browser.get("/v1/session")).code).toBe("unauthenticated");
});
