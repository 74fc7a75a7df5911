import { expect, test } from "vitest";
import {
  addedApp,
  begunApp,
  challenged,
  newPerson,
  newSecuredPerson,
  signedIn,
  signIn,
} from "../support/service-people.ts";
import { startService } from "../support/service.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import { storedAccount, storedSessions } from "../support/service-stored.ts";

const service = await startService();
const { host } = service;

const codesOf = (replies: readonly Reply[]) => replies.map(({ code, status }) => code ?? status);
const count = (replies: readonly Reply[], wanted: string | number) =>
  codesOf(replies).filter((code) => code === wanted).length;

test("a concurrent burst of guesses cannot outrun the limit", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const replies = await Promise.all(
    app.manyWrong(50).map((code) => browser.post("/v1/challenge/totp", { code })),
  );
  const evaluated = count(replies, "wrong_code");
  expect(evaluated).toBeGreaterThan(0);
  expect(evaluated).toBeLessThanOrEqual(5);
  const others = ["wrong_code", "challenge_locked", "too_many_attempts", "busy"];
  expect(codesOf(replies).filter((code) => !others.includes(String(code)))).toEqual([]);

  const { guesses, challenges } = await storedAccount(service, person.id);
  expect(guesses.consecutiveWrong).toBe(evaluated);
  expect(challenges.at(-1)?.wrongGuesses).toBe(evaluated);
});

test("a burst over three challenges is charged to one account", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browsers: Browser[] = [];
  for (let i = 0; i < 3; i += 1) browsers.push(await challenged(service, person));
  const codes = app.manyWrong(30);
  const replies = await Promise.all(
    browsers.flatMap((browser, nth) =>
      codes
        .filter((_, i) => i % 3 === nth)
        .map((code) => browser.post("/v1/challenge/totp", { code })),
    ),
  );
  const evaluated = count(replies, "wrong_code");
  expect(evaluated).toBeLessThanOrEqual(5);
  expect((await storedAccount(service, person.id)).guesses.consecutiveWrong).toBe(evaluated);
});

test("many right answers at once give exactly one session", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const before = await storedSessions(service, person.id);
  const code = app.nextCode();
  const replies = await Promise.all(
    Array.from({ length: 16 }, () => browser.copy().post("/v1/challenge/totp", { code })),
  );
  expect(count(replies, 200)).toBe(1);
  expect(count(replies, "challenge_completed") + count(replies, "busy")).toBe(15);
  expect(await storedSessions(service, person.id)).toBe(before + 1);
});

test("one code opens one of two challenges, at once or one after the other", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browsers = [await challenged(service, person), await challenged(service, person)];
  const code = app.nextCode();
  const enter = () => Promise.all(browsers.map((one) => one.post("/v1/challenge/totp", { code })));
  expect(codesOf(await enter()).sort()).toEqual([200, "code_already_used"]);
  const another = await challenged(service, person);
  expect((await another.post("/v1/challenge/totp", { code })).body).toMatchObject({
    code: "code_already_used",
  });
  expect((await another.get("/v1/challenge")).body).toMatchObject({ attemptsLeft: 5 });
});

test("two sessions that confirm at once: one factor, and one of the sessions is left", async () => {
  const person = await newPerson(service);
  const browsers = [await signedIn(service, person), await signedIn(service, person)] as const;
  const app = await begunApp(service, browsers[0]);
  const confirmed = await Promise.all(
    browsers.map((one) => one.post(`/v1/totp/${app.id}/confirm`, { code: app.code() })),
  );
  expect(codesOf(confirmed).sort()).toEqual([200, "unauthenticated"]);
  const alive = await Promise.all(browsers.map((one) => one.get("/v1/session")));
  expect(codesOf(alive)).toEqual(codesOf(confirmed));
  expect((await storedAccount(service, person.id)).authenticators).toHaveLength(1);
});

test("two sessions that begin authenticators at once: the last one counts", async () => {
  const person = await newPerson(service);
  const browsers = [await signedIn(service, person), await signedIn(service, person)];
  const apps = await Promise.all(browsers.map((one) => begunApp(service, one)));
  const confirmed = [];
  for (const [i, { id, code }] of apps.entries()) {
    confirmed.push(await browsers[i]?.post(`/v1/totp/${id}/confirm`, { code: code() }));
  }
  expect(confirmed.map((reply) => reply?.code ?? reply?.status).sort()).toEqual([200, "not_found"]);
});

test("two sessions that remove different authenticators at once: one is removed", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  const tablet = await addedApp(service, browser);
  const other = await challenged(service, person);
  await other.post("/v1/challenge/totp", { code: app.nextCode() });
  const removed = await Promise.all([
    browser.delete(`/v1/totp/${app.id}`),
    other.delete(`/v1/totp/${tablet.id}`),
  ]);
  expect(codesOf(removed).sort()).toEqual([200, "unauthenticated"]);
  expect((await storedAccount(service, person.id)).authenticators).toHaveLength(1);
});

test("of two accounts that are created with one mail at once, one gets it", async () => {
  const replies = await Promise.all(
    ["left", "right"].map((id) => host.put(`/v1/accounts/${id}`, { email: "same@example.com" })),
  );
  expect(codesOf(replies).sort()).toEqual([201, "email_taken"]);
});

test("creating one account many times at once makes one account", async () => {
  const replies = await Promise.all(
    Array.from({ length: 4 }, () => host.put("/v1/accounts/once", { email: "once@example.com" })),
  );
  expect(count(replies, 201)).toBe(1);
  expect(count(replies, 200) + count(replies, "busy")).toBe(3);
});

test("of forty wrong passwords at once at most five are looked at", async () => {
  const person = await newPerson(service);
  const stranger = service.browser();
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      signIn({ ...person, password: `wrong ${i}` }, stranger.copy()),
    ),
  );
  const evaluated = count(replies, "invalid_credentials");
  expect(evaluated).toBeGreaterThan(0);
  expect(evaluated).toBeLessThanOrEqual(5);
  expect(count(replies, "too_many_attempts") + count(replies, "busy")).toBe(40 - evaluated);
});
