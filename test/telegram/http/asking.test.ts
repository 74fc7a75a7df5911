import { expect, test } from "vitest";
import type { SentMessage } from "../../support/service-telegram.ts";
import {
  addedApp,
  challenged,
  linkedTelegram,
  newPerson,
  signedIn,
  signIn,
} from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";
import type { Browser } from "../../support/service-browser.ts";

const service = await startService();
const { telegram, clock, jobs, queue } = service;
let users = 1000;

/** Somebody with so many Telegram accounts, signed in in `owner`, and a browser with a challenge that was asked. */
const asked = async (accounts = 1) => {
  const person = await newPerson(service);
  const owner = await signedIn(service, person);
  const chats = Array.from({ length: accounts }, () => (users += 1));
  for (const chat of chats) await linkedTelegram(service, owner, chat);
  const browser = await challenged(service, person);
  await telegram.runJobs();
  return { person, owner, chats, browser };
};

const numberOf = async (browser: Browser): Promise<string> => {
  const { body } = await browser.get("/v1/challenge");
  return (body as { methods: { telegram: { number: string } } }).methods.telegram.number;
};
const messagesTo = (chat: number): SentMessage[] =>
  telegram.messages.filter(({ chatId }) => chatId === chat);
const lastTo = (chat: number): SentMessage => {
  const message = messagesTo(chat).at(-1);
  if (!message) throw new Error("Nothing was sent there.");
  return message;
};
const tap = (chat: number, button: string) => telegram.tap(chat, lastTo(chat).messageId, button);
const statusOf = async (browser: Browser) =>
  ((await browser.get("/v1/challenge")).body as { status: string }).status;

test("every linked account is asked once, with three numbers and a way to say no", async () => {
  const { browser, chats } = await asked(5);
  const number = await numberOf(browser);
  for (const chat of chats) {
    expect(messagesTo(chat)).toHaveLength(1);
    const [numbers, no] = lastTo(chat).buttons;
    const texts = numbers?.map(({ text }) => text) ?? [];
    expect(texts).toContain(number);
    expect([...new Set(texts)].sort()).toEqual(texts);
    expect(no?.map(({ text }) => text)).toEqual(["No, it's not me"]);
    expect(lastTo(chat).html).toMatch(/Device: Firefox on Windows\nAddress: 10\.\d+\.\d+\.\d+\n/);
  }
  expect((await browser.get("/v1/challenge")).body).toMatchObject({
    methods: { telegram: { accounts: chats.map(() => ({ state: "asked" })) } },
  });
});

test("the right number approves; only the browser of the challenge completes; all messages say who", async () => {
  const { browser, chats, person } = await asked(3);
  expect((await browser.post("/v1/challenge/complete")).code).toBe("challenge_pending");
  const [first = 0, second = 0] = chats;
  await tap(first, await numberOf(browser));
  expect(await statusOf(browser)).toBe("approved");
  expect((await service.browser().post("/v1/challenge/complete")).code).toBe("no_challenge");
  const completed = await browser.post("/v1/challenge/complete", undefined, {
    "idempotency-key": "one",
  });
  expect(completed.body).toEqual({ status: "signed_in" });
  expect((await browser.get("/v1/session")).body).toMatchObject({
    account: { email: person.email },
    session: { method: "telegram" },
  });
  const repeated = await browser.post("/v1/challenge/complete", undefined, {
    "idempotency-key": "one",
  });
  expect(repeated.body).toEqual({ status: "signed_in" });
  expect((await browser.post("/v1/challenge/complete")).code).toBe("challenge_completed");
  await telegram.runJobs();
  for (const chat of chats) {
    expect(lastTo(chat)).toMatchObject({ edited: true, buttons: [] });
    expect(lastTo(chat).html).toContain("✅ Confirmed by Ann.");
  }
  // Another account's tap comes too late.
  expect(await telegram.tap(second, lastTo(second).messageId, "no")).toBe(200);
  expect(await statusOf(browser)).toBe("approved");
});

test("a wrong number denies at once and finally, without a word about the password", async () => {
  const { browser, chats, owner } = await asked(2);
  const [first = 0, second = 0] = chats;
  const number = await numberOf(browser);
  const wrong = lastTo(first).buttons[0]?.find(({ text }) => text !== number)?.text ?? "";
  await tap(first, wrong);
  expect(await statusOf(browser)).toBe("denied");
  await tap(second, number);
  expect(await statusOf(browser)).toBe("denied");
  expect((await browser.post("/v1/challenge/complete")).code).toBe("challenge_denied");
  expect((await owner.get("/v1/security")).body).toMatchObject({
    passwordKnown: false,
    recentActivity: expect.arrayContaining([
      expect.objectContaining({ event: "sign_in_denied" }),
    ]) as unknown,
  });
  await telegram.runJobs();
  expect(lastTo(second).html).toContain("⛔️ Denied by Ann.");
});

test("'not me' notes that the password is known, until it is changed; twice in a row pauses asking", async () => {
  const { person, browser, chats, owner } = await asked();
  const [chat = 0] = chats;
  await tap(chat, "No, it's not me");
  expect(await statusOf(browser)).toBe("denied");
  expect((await owner.get("/v1/security")).body).toMatchObject({ passwordKnown: true });

  const again = await challenged(service, person);
  await telegram.runJobs();
  await tap(chat, "No, it's not me");
  expect(await statusOf(again)).toBe("denied");
  const count = messagesTo(chat).length;
  const paused = await challenged(service, person);
  await telegram.runJobs();
  expect(messagesTo(chat)).toHaveLength(count);
  const { retryAfter } = (await paused.post("/v1/challenge/telegram")).body as {
    retryAfter: number;
  };
  expect(retryAfter).toBe(900);
  clock.advance(900);
  const later = await challenged(service, person);
  await telegram.runJobs();
  expect(messagesTo(chat)).toHaveLength(count + 1);
  await tap(chat, await numberOf(later));
  await later.post("/v1/challenge/complete");
  expect((await later.put("/v1/password", { password: "a new good one" })).status).toBe(204);
  expect((await later.get("/v1/security")).body).toMatchObject({ passwordKnown: false });
});

test("asking again: after half a minute, three times in ten minutes, ten an hour without success", async () => {
  const { person, browser, chats } = await asked();
  const [chat = 0] = chats;
  expect(await browser.post("/v1/challenge/telegram")).toMatchObject({
    status: 429,
    code: "too_early",
    body: { retryAfter: 30 },
  });
  for (const n of [2, 3]) {
    clock.advance(30);
    expect((await browser.post("/v1/challenge/telegram")).status).toBe(202);
    await telegram.runJobs();
    expect(messagesTo(chat)).toHaveLength(n);
  }
  clock.advance(30);
  expect((await browser.post("/v1/challenge/telegram")).body).toMatchObject({ retryAfter: 510 });
  // An older message of the same challenge is as good as the last.
  const first = messagesTo(chat)[0]?.messageId ?? 0;
  await telegram.tap(chat, first, await numberOf(browser));
  expect((await browser.post("/v1/challenge/complete")).status).toBe(200);
  // Success forgets: the next one is asked at once.
  const next = await challenged(service, person);
  await telegram.runJobs();
  expect(messagesTo(chat)).toHaveLength(4);
  expect(await statusOf(next)).toBe("pending");
});

test("nothing is sent after success, denial, cancel or expiry, and every message says how it ended", async () => {
  const endings: [string, string, (browser: Browser, chat: number) => Promise<unknown>][] = [
    ["approved", "✅ Confirmed by", async (browser, chat) => tap(chat, await numberOf(browser))],
    ["denied", "⛔️ Denied by", (_, chat) => tap(chat, "No, it's not me")],
    ["cancelled", "was cancelled", (browser) => browser.delete("/v1/challenge")],
    [
      "expired",
      "⌛️ Too late",
      async () => {
        clock.advance(600);
        await telegram.runJobs();
      },
    ],
  ];
  for (const [status, words, end] of endings) {
    const { browser, chats } = await asked(2);
    const [chat = 0] = chats;
    await end(browser, chat);
    const sent = telegram.messages.length;
    for (let minute = 0; minute < 12; minute += 1) {
      await telegram.runJobs();
      clock.advance(60);
    }
    expect(telegram.messages).toHaveLength(sent);
    expect(await statusOf(browser)).toBe(status);
    for (const one of chats) expect(lastTo(one).html).toContain(words);
    expect(jobs).toEqual([]);
  }
});

test("a request that was still queued when its challenge ended is never sent", async () => {
  const { person, chats } = await asked();
  const [chat = 0] = chats;
  const before = messagesTo(chat).length;
  const browser = await challenged(service, person);
  await browser.delete("/v1/challenge");
  await telegram.runJobs();
  expect(messagesTo(chat)).toHaveLength(before);
});

test("a code that completes elsewhere says so in Telegram, and a code after an approval stays unused", async () => {
  const { person, owner, chats } = await asked();
  const [chat = 0] = chats;
  const app = await addedApp(service, owner);
  const browser = await challenged(service, person);
  await telegram.runJobs();
  const code = app.nextCode();
  expect((await browser.post("/v1/challenge/totp", { code })).status).toBe(200);
  await telegram.runJobs();
  expect(lastTo(chat).html).toContain("✅ Confirmed in another way");

  const next = await challenged(service, person);
  await telegram.runJobs();
  await tap(chat, await numberOf(next));
  const unused = app.nextCode();
  expect((await next.post("/v1/challenge/totp", { code: unused })).status).toBe(200);
  expect((await next.get("/v1/session")).body).toMatchObject({ session: { method: "telegram" } });
  const third = await challenged(service, person);
  expect((await third.post("/v1/challenge/totp", { code: unused })).status).toBe(200);
});

test("a blocked bot, a failed send and a queue that is down show as unreachable; the rest goes on", async () => {
  const { person, owner, chats } = await asked(3);
  const app = await addedApp(service, owner);
  telegram.faults.send.push({ kind: "blocked" }, { kind: "failed" });
  const browser = await challenged(service, person);
  await telegram.runJobs();
  expect((await browser.get("/v1/challenge")).body).toMatchObject({
    methods: {
      telegram: {
        accounts: [{ state: "unreachable" }, { state: "unreachable" }, { state: "asked" }],
      },
    },
  });
  expect((await owner.get("/v1/security")).body).toMatchObject({
    telegram: { accounts: [{ reachable: false }, { reachable: true }, { reachable: true }] },
  });
  const [, , third = 0] = chats;
  await tap(third, await numberOf(browser));
  expect((await browser.post("/v1/challenge/complete")).status).toBe(200);

  queue.down = true;
  const reply = await signIn(person, service.browser());
  queue.down = false;
  expect(reply.body).toMatchObject({
    challenge: {
      methods: { totp: {}, telegram: { accounts: chats.map(() => ({ state: "unreachable" })) } },
    },
  });
  expect(app.code()).toMatch(/^\d{6}$/);
});

test("Telegram that wants us to wait is obeyed, and given up at the challenge's end", async () => {
  const { person, chats } = await asked();
  const [chat = 0] = chats;
  const before = messagesTo(chat).length;
  telegram.faults.send.push({ kind: "later", seconds: 7 });
  const browser = await challenged(service, person);
  await telegram.runJobs();
  expect(messagesTo(chat)).toHaveLength(before);
  clock.advance(6);
  await telegram.runJobs();
  expect(messagesTo(chat)).toHaveLength(before);
  clock.advance(1);
  await telegram.runJobs();
  expect(messagesTo(chat)).toHaveLength(before + 1);
  await tap(chat, await numberOf(browser));

  telegram.faults.send.push({ kind: "later", seconds: 600 });
  const late = await challenged(service, person);
  await telegram.runJobs();
  expect((await late.get("/v1/challenge")).body).toMatchObject({
    methods: { telegram: { accounts: [{ state: "unreachable" }] } },
  });
});

test("re-authentication asks in Telegram as well, and completing it renews the session", async () => {
  const { person, chats, browser } = await asked();
  const [chat = 0] = chats;
  await tap(chat, await numberOf(browser));
  await browser.post("/v1/challenge/complete");
  clock.advance(601);
  expect((await browser.post("/v1/telegram")).code).toBe("reauthentication_required");
  const begun = await browser.post("/v1/reauthentication", { password: person.password });
  expect(begun.body).toMatchObject({ status: "second_step" });
  await telegram.runJobs();
  await tap(chat, await numberOf(browser));
  expect((await browser.post("/v1/challenge/complete")).body).toEqual({
    status: "reauthenticated",
  });
  expect((await browser.post("/v1/telegram")).status).toBe(201);
});
