import { expect, test } from "vitest";
import {
  lastTo,
  messagesTo,
  newLinkedPerson,
  notMe,
  statusOf,
  approve,
} from "../../support/service-asked.ts";
import { challenged } from "../../support/service-people.ts";
import { writes } from "../../support/service-storage.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock, storage, queue } = service;

/** A sign-in whose request was sent while the table took nothing any more, so that it is not on record. */
const unrecorded = async (alsoWithoutQueue = false) => {
  const { person, chats } = await newLinkedPerson(service);
  const browser = await challenged(service, person);
  const sent = telegram.messages.length;
  storage.failWhen((call) => {
    if (telegram.messages.length === sent || !writes(call, "account")) return undefined;
    queue.down = alsoWithoutQueue;
    return "before";
  });
  await telegram.runJobs();
  storage.failWhen(undefined);
  queue.down = false;
  const [chat = 0] = chats;
  expect(messagesTo(service, chat)).toHaveLength(1);
  return { browser, chat, first: lastTo(service, chat) };
};

test("a request that could not be recorded is recorded later, and not sent again", async () => {
  const { browser, chat, first } = await unrecorded();
  clock.advance(180);
  await telegram.runJobs();
  expect(messagesTo(service, chat)).toEqual([first]);
  await browser.delete("/v1/challenge");
  await telegram.runJobs();
  expect(first).toMatchObject({ edited: true, buttons: [] });
  expect(telegram.deadLetters).toEqual([]);
});

test("a tap on it counts at once, and edits it", async () => {
  const { browser, chat, first } = await unrecorded();
  await approve(service, browser, chat);
  expect(await statusOf(browser)).toBe("approved");
  clock.advance(180);
  await telegram.runJobs();
  expect(messagesTo(service, chat)).toEqual([first]);
  expect(first).toMatchObject({ edited: true, buttons: [] });
});

test("a challenge that ended before the record edits it all the same", async () => {
  const { browser, first } = await unrecorded();
  await browser.delete("/v1/challenge");
  await telegram.runJobs();
  expect(first.edited).toBe(false);
  clock.advance(20);
  await telegram.runJobs();
  expect(first.html).toContain("was cancelled");
});

test("where the queue is down as well a second one is sent, and a tap on either counts and edits both", async () => {
  const { browser, chat, first } = await unrecorded(true);
  clock.advance(180);
  await telegram.runJobs();
  expect(messagesTo(service, chat)).toHaveLength(2);
  await telegram.tap(chat, first.messageId, notMe);
  expect(await statusOf(browser)).toBe("denied");
  await telegram.runJobs();
  for (const message of messagesTo(service, chat)) {
    expect(message).toMatchObject({ edited: true, buttons: [] });
  }
});

test("a tap on one that nobody knew of, after the end, takes its buttons away", async () => {
  const { browser, chat, first } = await unrecorded(true);
  clock.advance(180);
  await telegram.runJobs();
  await browser.delete("/v1/challenge");
  await telegram.runJobs();
  expect(messagesTo(service, chat).map(({ edited }) => edited)).toEqual([false, true]);
  await telegram.tap(chat, first.messageId, notMe);
  await telegram.runJobs();
  expect(await statusOf(browser)).toBe("cancelled");
  expect(first).toMatchObject({ edited: true, buttons: [] });
});
