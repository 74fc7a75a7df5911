import { describe, expect, test } from "vitest";
import type { StorageCall } from "../support/service-storage.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aBegunLink, aLinkedPerson, aTelegramPerson } from "./support/linked-people.ts";
import type { Trouble } from "./support/telegram-server.ts";

const world = await startBotWorld();
const { telegram, storage } = world;

const page = { status: 200, headers: { "content-type": "text/html" }, body: "<html>maintenance" };
const half = { ...page, headers: { "content-type": "application/json" }, body: '{"ok":true,"res' };
const troubles: [string, Trouble][] = [
  ["refuses with 403", { status: 403 }],
  ["wants us to wait (429)", { status: 429, retryAfter: 3600 }],
  ["fails with 500", { status: 500 }],
  ["is behind a proxy that fails with 502", { status: 502 }],
  ["knows no such chat (400)", { status: 400 }],
  ["no longer knows the token (401)", { status: 401 }],
  ["answers with a page", { answer: page }],
  ["answers with half of an answer", { answer: half }],
  ["hangs", "hangs"],
];

/** An account whose request is in one chat, and the update of a tap there. */
const aTapOn = async (button: "yes" | "no") => {
  const { id, people } = await aLinkedPerson(world);
  const { id: challenge } = await world.open(id);
  await world.runJobs();
  const [person] = people;
  const [request] = person ? telegram.said(person) : [];
  if (!person || !request) throw new Error("Nobody was asked.");
  const update = telegram.tap(person, request, button === "yes" ? "47" : "No, it's not me");
  return { update, status: async () => (await world.challenge(id, challenge)).status };
};

describe.each(troubles)(
  "while Telegram %s, the webhook is a 200 and what was decided stands:",
  (_, trouble) => {
    test("links, taps and small talk, side by side", async () => {
      const [yes, no] = [await aTapOn("yes"), await aTapOn("no")];
      const { id, token } = await aBegunLink(world);
      const [ann, bob] = [aTelegramPerson(world), aTelegramPerson(world)];
      telegram.meet(() => trouble);
      const began = performance.now();
      const statuses = await Promise.all(
        [
          yes.update,
          no.update,
          telegram.write(ann, `/start ${token}`),
          telegram.write(bob, "hello"),
        ].map((update) => world.deliver(update)),
      );
      telegram.meet(undefined);
      expect(statuses).toEqual([200, 200, 200, 200]);
      // Telegram repeats what takes too long, and our function has ten seconds.
      expect(performance.now() - began).toBeLessThan(10_000);
      expect([await yes.status(), await no.status()]).toEqual(["approved", "denied"]);
      expect((await world.account(id)).telegram.link?.answer).toMatchObject({ userId: ann.id });
    });
  },
);

/** What of the storage fails. */
const faults: [string, (call: StorageCall) => boolean][] = [
  ["every read", ({ command }) => command === "GetItem"],
  ["every write", ({ command }) => command !== "GetItem"],
  ["all", () => true],
];

describe.each(faults)(
  "while %s of the storage fails, Telegram is asked to come again:",
  (_, matches) => {
    test.each(["before", "after"] as const)(
      "%s it is done; the very same updates then work",
      async (when) => {
        const [yes, no] = [await aTapOn("yes"), await aTapOn("no")];
        const { id, token } = await aBegunLink(world);
        const person = aTelegramPerson(world);
        const updates = [yes.update, no.update, telegram.write(person, `/start ${token}`)];
        storage.failWhen((call) => (matches(call) ? when : undefined));
        const failed = [];
        for (const update of updates) failed.push(await world.deliver(update));
        storage.failWhen(undefined);
        expect(failed).toEqual([503, 503, 503]);
        for (const update of updates) expect(await world.deliver(update)).toBe(200);
        expect([await yes.status(), await no.status()]).toEqual(["approved", "denied"]);
        expect((await world.account(id)).telegram.link?.answer).toMatchObject({
          userId: person.id,
        });
      },
    );
  },
);

test("a queue that is down loses no decision, and the webhook is a 200", async () => {
  const { update, status } = await aTapOn("no");
  const { queue } = world.services;
  const send = queue.send.bind(queue);
  Object.assign(queue, { send: () => Promise.reject(new Error("The queue is down.")) });
  expect(await world.deliver(update)).toBe(200);
  Object.assign(queue, { send });
  expect(await status()).toBe("denied");
});

test("no line that was logged tells the token, a mail, a name or a number", () => {
  const told = JSON.stringify(world.log);
  expect(told).toContain("telegram_reply_failed");
  for (const secret of [
    telegram.token,
    telegram.token.split(":")[1] ?? "",
    "@example.com",
    "Ann",
  ]) {
    expect(told).not.toContain(secret);
  }
});
