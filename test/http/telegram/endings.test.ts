import { describe, expect, test } from "vitest";
import type { Browser } from "../../support/service-browser.ts";
import {
  approve,
  asked,
  lastTo,
  messagesTo,
  newAsked,
  newLinkedPerson,
  notMe,
  statusOf,
  tap,
  wrongNumber,
  type Linked,
} from "../../support/service-asked.ts";
import { addedApp, challenged, type AuthenticatorApp } from "../../support/service-people.ts";
import { writes } from "../../support/service-storage.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock, jobs, queue, storage } = service;

type Ended = Linked & { readonly browser: Browser; readonly app: AuthenticatorApp };

const endings: [
  name: string,
  status: string,
  words: string,
  end: (all: Ended, chat: number) => Promise<unknown>,
][] = [
  [
    "approved",
    "approved",
    "✅ Confirmed by Ann.",
    async ({ browser }, chat) => {
      await approve(service, browser, chat);
      await browser.post("/v1/challenge/complete");
    },
  ],
  [
    "approved and never collected",
    "approved",
    "✅ Confirmed by Ann.",
    ({ browser }, chat) => approve(service, browser, chat),
  ],
  [
    "completed by a code",
    "approved",
    "✅ Confirmed in another way",
    ({ browser, app }) => browser.post("/v1/challenge/totp", { code: app.nextCode() }),
  ],
  [
    "denied by a wrong number",
    "denied",
    "⛔️ Denied by Ann.",
    async ({ browser }, chat) => tap(service, chat, await wrongNumber(service, browser, chat)),
  ],
  ["denied by 'not me'", "denied", "⛔️ Denied by Ann.", (_, chat) => tap(service, chat, notMe)],
  ["given up", "cancelled", "was cancelled", ({ browser }) => browser.delete("/v1/challenge")],
  [
    "crowded out by newer ones",
    "cancelled",
    "was cancelled",
    async ({ person }) => {
      const newer = [];
      for (let n = 0; n < 3; n += 1) newer.push(await challenged(service, person));
      for (const one of newer) await one.delete("/v1/challenge");
    },
  ],
  [
    "ended with all sessions",
    "cancelled",
    "was cancelled",
    ({ owner }) => owner.put("/v1/password", { password: "a new good one" }),
  ],
  [
    "cancelled because Telegram was switched off",
    "cancelled",
    "was cancelled",
    ({ owner }) => owner.put("/v1/telegram", { enabled: false }),
  ],
  [
    "locked",
    "locked",
    "⛔️ Too many wrong codes",
    async ({ browser, app }) => {
      for (const code of app.manyWrong(5)) await browser.post("/v1/challenge/totp", { code });
    },
  ],
  [
    "expired",
    "expired",
    "⌛️ Too late",
    () => {
      clock.advance(600);
      return Promise.resolve();
    },
  ],
];

describe.each(endings)("once it is %s", (name, status, words, end) => {
  test("all its messages say so without a button, and nothing is sent any more", async () => {
    const linked = await newLinkedPerson(service, 3);
    const app = await addedApp(service, linked.owner);
    const browser = await asked(service, linked.person);
    clock.advance(30);
    expect((await browser.post("/v1/challenge/telegram")).status).toBe(202);
    await telegram.runJobs();

    await end({ ...linked, browser, app }, linked.chats[1] ?? 0);
    if (name !== "crowded out by newer ones") expect(await statusOf(browser)).toBe(status);
    const sent = new Set(telegram.messages);
    for (let seconds = 0; seconds < 1500; seconds += 30) {
      await telegram.runJobs();
      clock.advance(30);
    }
    expect(telegram.messages.filter((message) => !sent.has(message))).toEqual([]);
    for (const chat of linked.chats) {
      const messages = messagesTo(service, chat).slice(0, 2);
      expect(messages).toHaveLength(2);
      for (const message of messages) {
        expect(message).toMatchObject({ edited: true, buttons: [] });
        expect(message.html).toContain(words);
      }
    }
    expect(jobs).toEqual([]);
    expect(telegram.deadLetters).toEqual([]);
  });
});

test("a request that was still queued when its challenge ended is never sent", async () => {
  const { person, chats } = await newLinkedPerson(service);
  const browser = await challenged(service, person);
  await browser.delete("/v1/challenge");
  await telegram.runJobs();
  clock.advance(601);
  await telegram.runJobs();
  expect(messagesTo(service, chats[0] ?? 0)).toEqual([]);
});

test("a request that waits for Telegram when its challenge ends is never sent", async () => {
  const { person, chats } = await newLinkedPerson(service);
  telegram.faults.send.push({ kind: "later", seconds: 60 });
  const browser = await asked(service, person);
  clock.advance(59);
  await browser.delete("/v1/challenge");
  clock.advance(1);
  await telegram.runJobs();
  expect(messagesTo(service, chats[0] ?? 0)).toEqual([]);
});

test("messages that were under way when their challenge ended say so at once", async () => {
  const { person, chats } = await newLinkedPerson(service, 2);
  const browser = await challenged(service, person);
  const sent = telegram.messages.length;
  const held = storage.holdNext(
    (call) => telegram.messages.length > sent && writes(call, "account"),
  );
  const underway = telegram.runJobs();
  await held.reached;
  // Without a job of the ending: whoever sends sees it by themselves.
  queue.down = true;
  await browser.delete("/v1/challenge");
  queue.down = false;
  held.release();
  await underway;
  for (const chat of chats) expect(lastTo(service, chat).html).toContain("was cancelled");
});

test("an edit that Telegram throttles or fails comes later, and the others are not kept waiting", async () => {
  const { browser, chats } = await newAsked(service, 2);
  const edited = () => chats.map((chat) => lastTo(service, chat).edited);
  telegram.faults.edit.push({ kind: "later", seconds: 7 });
  await browser.delete("/v1/challenge");
  await telegram.runJobs();
  expect(edited()).toEqual([false, true]);
  clock.advance(6);
  await telegram.runJobs();
  expect(edited()).toEqual([false, true]);
  clock.advance(1);
  telegram.faults.edit.push({ kind: "failed" });
  await telegram.runJobs();
  expect(edited()).toEqual([false, true]);
  clock.advance(2);
  await telegram.runJobs();
  expect(edited()).toEqual([true, true]);
  expect(telegram.deadLetters).toEqual([]);
});

test("while the queue is down a tap still decides; its messages are edited at the challenge's end", async () => {
  const { browser, chats } = await newAsked(service, 2);
  queue.down = true;
  await approve(service, browser, chats[0] ?? 0);
  queue.down = false;
  expect((await browser.post("/v1/challenge/complete")).status).toBe(200);
  await telegram.runJobs();
  for (const chat of chats) expect(lastTo(service, chat).edited).toBe(false);
  clock.advance(601);
  await telegram.runJobs();
  for (const chat of chats) expect(lastTo(service, chat).html).toContain("✅ Confirmed by Ann.");
});

test("the queue holds ids and nothing else", async () => {
  const before = jobs.length;
  const { person } = await newLinkedPerson(service);
  await challenged(service, person);
  expect(jobs.slice(before).map(({ job }) => job)).toEqual([
    { kind: "prompt", accountId: person.id, challengeId: expect.any(String) as unknown, round: 1 },
    {
      kind: "close",
      accountId: person.id,
      challengeId: expect.any(String) as unknown,
      notBefore: clock.now() + 600_000,
    },
  ]);
});
