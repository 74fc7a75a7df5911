import { expect, test } from "vitest";
import type { Browser } from "../../support/service-browser.ts";
import {
  approve,
  asked,
  newAsked,
  newLinkedPerson,
  notMe,
  numberOf,
  statusOf,
  tap,
} from "../../support/service-asked.ts";
import { addedApp, newRecoveryCodes, signedInTwice } from "../../support/service-people.ts";
import { writes } from "../../support/service-storage.ts";
import { storedSessions } from "../../support/service-stored.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { clock, storage } = service;

const complete = (browser: Browser, key?: string) =>
  browser.post("/v1/challenge/complete", undefined, key ? { "idempotency-key": key } : undefined);

/** A browser whose request was approved and that has not collected its session. */
const newApproved = async () => {
  const all = await newAsked(service);
  await approve(service, all.browser, all.chats[0] ?? 0);
  return all;
};

test("before the answer it is pending, after it the browser that asked is signed in", async () => {
  const { browser, chats, person } = await newAsked(service);
  expect(await complete(browser)).toMatchObject({
    status: 409,
    code: "challenge_pending",
    setCookies: [],
  });
  await approve(service, browser, chats[0] ?? 0);
  expect(await statusOf(browser)).toBe("approved");
  // The tap itself made no session: that of the owner is the only one.
  expect(await storedSessions(service, person.id)).toBe(1);
  expect((await complete(browser)).body).toEqual({ status: "signed_in" });
  expect((await browser.get("/v1/session")).body).toMatchObject({
    account: { email: person.email },
    session: { method: "telegram", authenticatedAt: new Date(clock.now()).toISOString() },
  });
});

test("no other browser gets the session: none without the cookie, none with another challenge's", async () => {
  const { browser, person } = await newApproved();
  const strangers = [service.browser(), (await newAsked(service)).browser];
  const sibling = await asked(service, person);
  expect((await complete(strangers[0] ?? sibling)).code).toBe("no_challenge");
  expect((await complete(strangers[1] ?? sibling)).code).toBe("challenge_pending");
  expect((await complete(sibling)).code).toBe("challenge_pending");
  expect((await complete(browser)).status).toBe(200);
  // What completed one sign-in completes no second one.
  expect((await complete(sibling)).code).toBe("challenge_pending");
});

test("sixteen completions at once are one session", async () => {
  const { browser, person } = await newApproved();
  const before = await storedSessions(service, person.id);
  const copies = Array.from({ length: 16 }, () => browser.copy());
  const replies = await Promise.all(copies.map((copy) => complete(copy)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  const codes = replies.flatMap(({ code }) => code ?? []);
  expect(codes.filter((code) => code !== "challenge_completed" && code !== "busy")).toEqual([]);
  expect(await storedSessions(service, person.id)).toBe(before + 1);
});

test("a lost answer is asked for again with its Idempotency-Key, for a minute", async () => {
  const { browser, person } = await newApproved();
  expect((await complete(browser, "one")).body).toEqual({ status: "signed_in" });
  const lost = browser.copy();
  clock.advance(59);
  expect((await complete(browser, "one")).body).toEqual({ status: "signed_in" });
  expect(await storedSessions(service, person.id)).toBe(2);
  expect((await browser.get("/v1/session")).status).toBe(200);
  // The same token again: whichever of the two answers comes last, the browser is signed in.
  expect((await lost.get("/v1/session")).status).toBe(200);
  expect((await complete(browser, "two")).code).toBe("challenge_completed");
  expect((await complete(browser)).code).toBe("challenge_completed");
  clock.advance(1);
  expect((await complete(browser, "one")).code).toBe("challenge_completed");
  expect((await browser.get("/v1/session")).status).toBe(200);
});

test("the same key before the answer does not stand for what comes after it", async () => {
  const { browser, chats } = await newAsked(service);
  expect((await complete(browser, "one")).code).toBe("challenge_pending");
  await approve(service, browser, chats[0] ?? 0);
  expect((await complete(browser, "one")).status).toBe(200);
});

test("after ten minutes it is expired, whether or not somebody approved", async () => {
  const [silent, approved] = [await newAsked(service), await newApproved()];
  const number = await numberOf(silent.browser);
  clock.advance(599);
  expect((await complete(silent.browser)).code).toBe("challenge_pending");
  clock.advance(1);
  for (const { browser } of [silent, approved]) {
    expect(await complete(browser)).toMatchObject({ code: "challenge_expired", setCookies: [] });
  }
  await tap(service, silent.chats[0] ?? 0, number);
  expect((await complete(silent.browser)).code).toBe("challenge_expired");
});

test("after a denial, a cancellation or a lock it says which, and a right code changes nothing", async () => {
  const { person, owner, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const app = await addedApp(service, owner);
  const endings: [string, (browser: Browser) => Promise<unknown>][] = [
    ["challenge_denied", () => tap(service, chat, notMe)],
    ["challenge_cancelled", (browser) => browser.delete("/v1/challenge")],
    [
      "challenge_locked",
      async (browser) => {
        for (const code of app.manyWrong(5)) await browser.post("/v1/challenge/totp", { code });
      },
    ],
  ];
  for (const [code, end] of endings) {
    const browser = await asked(service, person);
    const number = await numberOf(browser);
    await end(browser);
    await tap(service, chat, number);
    expect(await complete(browser)).toMatchObject({ status: 409, code, setCookies: [] });
    const typed = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
    expect(typed).toMatchObject({ status: 409, code, setCookies: [] });
    expect((await browser.post("/v1/challenge/telegram")).code).toBe(code);
  }
});

test("an approval from before the sessions were ended opens nothing", async () => {
  const { browser, owner } = await newApproved();
  expect((await owner.put("/v1/password", { password: "a new good one" })).status).toBe(204);
  expect(await complete(browser)).toMatchObject({ code: "challenge_cancelled", setCookies: [] });
});

test.each(["account", "session#"] as const)(
  "nor does one whose %s is being written meanwhile",
  async (item) => {
    const { browser, owner } = await newApproved();
    const held = storage.holdNext((call) => writes(call, item));
    const underway = complete(browser);
    await held.reached;
    expect((await owner.delete("/v1/sessions")).status).toBe(204);
    held.release();
    const { code } = await underway;
    if (item === "account") expect(code).toBe("challenge_cancelled");
    expect((await browser.get("/v1/session")).code).toBe("unauthenticated");
  },
);

test("a code typed after the approval completes by Telegram and stays unused, right or wrong", async () => {
  const { person, owner, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const app = await addedApp(service, owner);
  const codes = await newRecoveryCodes(owner);
  const code = app.nextCode();
  const typed: [string, string][] = [
    ["totp", code],
    ["totp", app.wrong()],
    ["recovery-code", codes[0] ?? ""],
  ];
  for (const [method, given] of typed) {
    const browser = await asked(service, person);
    await approve(service, browser, chat);
    const reply = await browser.post(`/v1/challenge/${method}`, { code: given });
    expect(reply.body).toEqual({ status: "signed_in" });
    expect((await browser.get("/v1/session")).body).toMatchObject({
      session: { method: "telegram" },
    });
  }
  // No recovery code was used, so the other sessions live; and the code of the app is still good.
  expect((await owner.get("/v1/security")).body).toMatchObject({ recoveryCodes: { left: 10 } });
  const last = await asked(service, person);
  expect((await last.post("/v1/challenge/totp", { code })).status).toBe(200);
});

test("two methods at once give one session, and the app's code is used or not, never half", async () => {
  const { person, owner, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const app = await addedApp(service, owner);
  await signedInTwice(service, person, app);
  for (let round = 0; round < 5; round += 1) {
    const browser = await asked(service, person);
    const number = await numberOf(browser);
    const before = await storedSessions(service, person.id);
    const [collector, typist] = [browser.copy(), browser.copy()];
    const code = app.nextCode();
    const [, collected, typed] = await Promise.all([
      tap(service, chat, number),
      complete(collector),
      typist.post("/v1/challenge/totp", { code }),
    ]);
    expect([collected, typed].filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await storedSessions(service, person.id)).toBe(before + 1);
  }
});
