import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { telegramSender } from "../../functions/telegram-sender/sender-handler.ts";
import { everyLanguage } from "../../lib/settings/languages.ts";
import { grammyTelegramApi } from "../../lib/telegram/grammy-telegram-api.ts";
import { queuedRecord } from "../support/queued-record.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aBegunLink, aLinkedPerson, aTelegramPerson } from "./support/linked-people.ts";
import type { Trouble } from "./support/telegram-server.ts";

const world = await startBotWorld();
const { telegram } = world;
const { token } = telegram;
const [, secretHalf = ""] = token.split(":");

/** All that a person or a log could get to read. */
const heard: string[] = [];
const tell = (what: unknown) => {
  heard.push(
    what instanceof Error
      ? JSON.stringify([what.message, what.stack, String(what.cause), Object.entries(what)])
      : JSON.stringify(what),
  );
};
beforeAll(() => {
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...given) => given.forEach(tell));
  }
});
afterAll(() => {
  vi.restoreAllMocks();
});

/** Telegram may quote the request, and so may what stands before it. */
const quoting = `Bad Request: POST ${telegram.url}/bot${token}/sendMessage`;
const json = (status: number, body: object): Trouble => ({
  answer: { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
});
const troubles: [string, Trouble][] = [
  ...[400, 401, 403, 404, 409, 429, 500, 502, 503, 504].map((status): [string, Trouble] => [
    String(status),
    { status },
  ]),
  ["an error that quotes the URL", json(400, { ok: false, error_code: 400, description: quoting })],
  ["an error 500 that quotes it", json(500, { ok: false, error_code: 500, description: quoting })],
  ["no error code", json(400, { ok: false, description: quoting })],
  ["another shape", json(200, { result: quoting })],
  ["null", json(200, [null, quoting])],
  ["a page that quotes it", { answer: { status: 404, headers: {}, body: `<p>${quoting}</p>` } }],
  ["an empty answer", { answer: { status: 200, headers: {}, body: "" } }],
  ["a redirect", { answer: { status: 302, headers: { location: `/bot${token}/x` }, body: "" } }],
  ["silence", "hangs"],
];

test.each(troubles)("when Telegram answers with %s", async (_, trouble) => {
  world.notices.length = 0;
  const { id, people } = await aLinkedPerson(world);
  const { id: asked } = await world.open(id);
  await world.runJobs();
  const [person] = people;
  const [request] = person ? telegram.said(person) : [];
  if (!person || !request) throw new Error("Nobody was asked.");
  await world.deliver(telegram.tap(person, request, "No, it's not me"));
  await world.open(id);
  const due = world.jobs.splice(0).filter(({ dueAt }) => dueAt <= world.clock.now());
  expect(due.map(({ job }) => job.kind).sort()).toEqual(["close", "prompt"]);
  const notices = world.notices.splice(0);
  expect(notices).toHaveLength(1);
  const { token: link } = await aBegunLink(world);

  telegram.meet(() => trouble);
  // Every call of the bot and of the sender, side by side.
  const told = await Promise.all([
    world.send(...[...due, ...notices].map(({ job }) => JSON.stringify(job))),
    world.deliver(telegram.tap(person, request, "47")),
    world.deliver(telegram.write(aTelegramPerson(world), `/start ${link}`)),
    world.deliver(telegram.write(aTelegramPerson(world), "hello")),
  ]);
  telegram.meet(undefined);
  told.forEach(tell);
  await world.runJobs();
  tell(await world.challenge(id, asked));
});

test.each([
  ["a port where nobody listens", "http://127.0.0.1:9"],
  ["a name that is none", "http://telegram.invalid"],
  ["an address that is none", "http://[::"],
  ["no address", "telegram"],
  ["another protocol", "ftp://127.0.0.1"],
])("when Telegram's address is %s", async (_, root) => {
  const api = grammyTelegramApi(token, root);
  const results = await Promise.all([api.send(1, "text", []), api.edit(1, 1, "text")]);
  expect(results).toEqual([{ kind: "failed" }, { kind: "failed" }]);
  results.forEach(tell);
});

test("when the sender cannot even begin, because the address or the secret is wrong", async () => {
  const faults = [
    () => Promise.resolve(grammyTelegramApi(token, `${telegram.url}/`)),
    () => Promise.reject(new Error(`The secret ${token} could not be read.`)),
  ];
  for (const api of faults) {
    const { id } = await aLinkedPerson(world);
    await world.open(id);
    const ask = world.jobs.findLast(({ job }) => job.kind === "prompt");
    const sender = telegramSender({
      ...world.services,
      api,
      index: world.index,
      claims: world.claims,
      service: "Twostep",
      languages: everyLanguage,
      failedJobs: { hide: () => Promise.resolve() },
    });
    const response = await sender({ Records: [queuedRecord(JSON.stringify(ask?.job))] });
    expect(response.batchItemFailures).toHaveLength(1);
    tell(response);
  }
});

test("no line, no answer, no error, no job and no item tells the bot's token", async () => {
  tell(world.jobs);
  for (const [key, item] of await world.storage.snapshot()) tell([key, item]);
  for (const line of world.log) tell(line);
  const messages = new Set(world.log.map(({ message }) => message));
  for (const expected of [
    "telegram_reply_failed",
    "telegram_notice_failed",
    "telegram_job_failed",
    "telegram_prompted",
    "telegram_told",
  ]) {
    expect(messages).toContain(expected);
  }
  const all = heard.join("\n");
  expect(all).not.toContain(token);
  expect(all).not.toContain(secretHalf);
  expect(all).not.toContain(encodeURIComponent(token));
});
