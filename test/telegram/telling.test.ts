import { describe, expect, test } from "vitest";
import type { ActivityEvent } from "../../lib/account/activity.ts";
import { noteActivity } from "../../lib/account/note-activity.ts";
import type { Client } from "../../lib/account/client.ts";
import type { Account } from "../../lib/account/account.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import type { Person } from "../../local/devices/telegram/chats/chat.ts";
import { aClient } from "../support/account.ts";
import { accountId } from "../support/ids.ts";
import { loseAnswers } from "../support/lost-answers.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aLinkedPerson, aTelegramPerson } from "./support/linked-people.ts";
import type { Trouble } from "./support/telegram-server.ts";

const world = await startBotWorld();
const { telegram, clock, notices } = world;
const loseClaim = loseAnswers(world.storage.client, /^PutItem/);

const note = (id: AccountId, event: ActivityEvent, client: Client = aClient()) =>
  world.decide(id, (account, context) => ({
    account: noteActivity(account, event, client, context),
    outcome: undefined,
  }));
const change = (id: AccountId, to: (account: Account) => Account) =>
  world.decide(id, (account) => ({ account: to(account), outcome: undefined }));
const said = (person: Person) => telegram.said(person).map(({ text }) => text);
const callsTo = ({ id }: Person) => telegram.calls.filter(({ chat }) => chat === id).length;
/** Somebody whose authenticator app has just been removed, and who is still to be told. */
const aNotice = async (count = 1) => {
  notices.length = 0;
  const linked = await aLinkedPerson(world, count);
  await note(linked.id, "totp_removed");
  const body = JSON.stringify(notices[0]?.job);
  const [first, second = first] = linked.people;
  if (!first || !second) throw new Error("Nobody is linked.");
  return { ...linked, body, first, second };
};
const meeting = async <T>(person: Person, trouble: Trouble, work: () => Promise<T>): Promise<T> => {
  telegram.meet(({ chat }) => (chat === person.id ? trouble : undefined));
  try {
    return await work();
  } finally {
    telegram.meet(undefined);
  }
};

test("every linked chat is told what happened, from where and when, without a button", async () => {
  const { people } = await aNotice(3);
  expect(await world.runNotices()).toEqual([]);
  for (const person of people) {
    expect(said(person)).toEqual([
      `Twostep: an authenticator app was removed

Account: a•••@example.com
Device: Firefox on Linux
Address: 192.0.2.7
Time: 24 Nov 2026, 12:00 UTC

If this was not you: open Twostep yourself, change your password in the Security tab and end all other sessions there.`,
    ]);
    expect(telegram.said(person)).toMatchObject([{ keyboard: [] }]);
  }
});

test.each([
  ["en", "a phone number was added"],
  ["uk", "додано номер телефону"],
  ["ru", "добавлен номер телефона"],
] as const)("who speaks %s is told in it", async (language, words) => {
  const person = aTelegramPerson(world, { language });
  const account = { ...aTelegramAccount(1), userId: person.id, language };
  const { id } = await aLinkedPerson(world, 0, {
    telegram: { ...telegramWith(0), accounts: [account] },
  });
  await note(id, "phone_added");
  await world.runNotices();
  expect(said(person)).toEqual([expect.stringContaining(words)]);
});

test("device and address are told as they are, whatever they would be as HTML", async () => {
  const { id, first } = await aNotice();
  notices.length = 0;
  const device = "<b>Fire</b>&fox <a href='https://evil.example'>here</a>";
  await note(id, "password_changed", { device, ip: "<i>1</i>" });
  expect(await world.runNotices()).toEqual([]);
  expect(said(first)).toEqual([expect.stringContaining(`Device: ${device}\nAddress: <i>1</i>`)]);
  const entities = telegram.said(first)[0]?.entities.map(({ type }) => type);
  expect(entities).toEqual(["bold"]);
});

test("a chat that is unlinked before the job runs is told all the same", async () => {
  const { id, first, second } = await aNotice(2);
  await change(id, (account) => ({ ...account, telegram: telegramWith(0) }));
  expect(await world.runNotices()).toEqual([]);
  expect([said(first).length, said(second).length]).toEqual([1, 1]);
});

test("what happens again before it was told is told once, as it is last", async () => {
  const { id, first } = await aNotice();
  clock.advance(60);
  await note(id, "totp_removed");
  expect(notices).toHaveLength(2);
  await world.runNotices();
  expect(said(first)).toEqual([expect.stringContaining("12:01 UTC")]);
});

test("of an account that is gone nothing is told, and nothing fails", async () => {
  const job = { kind: "notify", accountId: accountId("nobody"), entry: 1, chats: [] };
  expect(await world.send(JSON.stringify(job))).toEqual({ batchItemFailures: [] });
});

describe("the same job", () => {
  test("many times, one after another, at once and a fortnight later, tells once", async () => {
    const { people, body } = await aNotice(2);
    await world.send(body, body, body);
    await world.send(body);
    clock.advance(14 * 86_400);
    expect(await world.send(body)).toEqual({ batchItemFailures: [] });
    expect(people.map(callsTo)).toEqual([1, 1]);
  });

  test("tells once, also when the answer to its claim is lost", async () => {
    const { first, body } = await aNotice();
    loseClaim();
    expect(await world.send(body)).toEqual({ batchItemFailures: [] });
    expect(said(first)).toHaveLength(1);
  });

  test("that was told and could not be marked is done", async () => {
    const { first, body } = await aNotice();
    let claims = 0;
    world.storage.failWhen(({ command, input }) => {
      if (command !== "PutItem" || !JSON.stringify(input).includes("claim#")) return undefined;
      return (claims += 1) === 2 ? "before" : undefined;
    });
    expect(await world.send(body)).toEqual({ batchItemFailures: [] });
    world.storage.failWhen(undefined);
    expect(said(first)).toHaveLength(1);
    expect(world.log.map(({ message }) => message)).toContain("telegram_told_unmarked");
  });
});

describe("told to wait (429)", () => {
  test("the chat is told later and the others at once", async () => {
    const { first, second } = await aNotice(2);
    await meeting(first, { status: 429, retryAfter: 90 }, world.runNotices);
    expect([said(first).length, said(second).length]).toEqual([0, 1]);
    expect(notices).toMatchObject([
      { job: { chats: [{ userId: first.id }] }, dueAt: clock.now() + 90_000 },
    ]);
    clock.advance(90);
    expect(await world.runNotices()).toEqual([]);
    expect([said(first).length, said(second).length]).toEqual([1, 1]);
  });

  test("again and again, it is given up within an hour and says so in the log", async () => {
    const { first } = await aNotice();
    for (let minutes = 0; minutes < 90; minutes += 10) {
      await meeting(first, { status: 429, retryAfter: 600 }, world.runNotices);
      clock.advance(600);
    }
    expect(callsTo(first)).toBe(6);
    expect(notices).toEqual([]);
    expect(world.log.at(-1)).toMatchObject({ message: "telegram_notice_given_up" });
  });
});

test("who blocked the bot is unreachable then, and nothing comes back", async () => {
  const { id, first, second } = await aNotice(2);
  telegram.block(first);
  expect(await world.runNotices()).toEqual([]);
  const reachable = async () =>
    (await world.account(id)).telegram.accounts.map((one) => one.reachable);
  expect(await reachable()).toEqual([false, true]);
  expect(said(second)).toHaveLength(1);
});

test("a Telegram that fails has the job come back, which tells those who were not told", async () => {
  const { first, second, body } = await aNotice(2);
  for (let receives = 1; receives <= 2; receives += 1) {
    const { batchItemFailures } = await meeting(first, { status: 500 }, () =>
      world.receive(body, receives),
    );
    expect(batchItemFailures).toHaveLength(1);
    // Its claim is over by then: a notice that comes back earlier would be taken for told.
    clock.advance(world.hidden.at(-1) ?? 0);
  }
  expect(await world.send(body)).toEqual({ batchItemFailures: [] });
  expect([said(first).length, said(second).length]).toEqual([1, 1]);
});

test("a sender that died after its claim is followed by another when the job comes back", async () => {
  const { first, body } = await aNotice();
  await meeting(first, { status: 400 }, () => world.send(body));
  clock.advance(59);
  expect(await world.send(body)).toEqual({ batchItemFailures: [] });
  expect(said(first)).toEqual([]);
  clock.advance(1);
  await world.send(body);
  expect(said(first)).toHaveLength(1);
});

test("a storage that fails hands the job back", async () => {
  const { first, body } = await aNotice();
  world.storage.failWhen(() => "before");
  expect((await world.send(body)).batchItemFailures).toHaveLength(1);
  world.storage.failWhen(undefined);
  expect(callsTo(first)).toBe(0);
  expect(await world.send(body)).toEqual({ batchItemFailures: [] });
  expect(said(first)).toHaveLength(1);
});

test("the log says that it was told, and to nobody's eyes what", async () => {
  const before = world.log.length;
  const { first } = await aNotice();
  await world.runNotices();
  const lines = world.log.slice(before).filter(({ message }) => message === "telegram_told");
  expect(lines).toMatchObject([{ fields: { activity: "totp_removed", results: ["sent"] } }]);
  const text = JSON.stringify(lines);
  for (const secret of ["example.com", "Firefox", "192.0.2.7", String(first.id)]) {
    expect(text).not.toContain(secret);
  }
});
