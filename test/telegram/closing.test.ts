import { describe, expect, test } from "vitest";
import { endOtherSessions } from "../../lib/account/epoch.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { answerTelegram } from "../../lib/telegram/answer-telegram.ts";
import type { Person } from "../../local/devices/telegram/chats/chat.ts";
import { aClient } from "../support/account.ts";
import { challengeOf, startBotWorld } from "./support/bot-world.ts";
import { aLinkedPerson } from "./support/linked-people.ts";
import type { Trouble } from "./support/telegram-server.ts";

const world = await startBotWorld();
const { telegram, clock, jobs } = world;

/** An account whose people were asked, and ways to end its challenge. */
const asked = async (count = 2) => {
  const { id, people } = await aLinkedPerson(world, count);
  const { id: challengeId } = await world.open(id);
  await world.runJobs();
  const tap = async (n: number, button: string) => {
    const person = people[n];
    const [request] = person ? telegram.said(person) : [];
    if (!person || !request) throw new Error("They were not asked.");
    expect(await world.deliver(telegram.tap(person, request, button))).toBe(200);
  };
  return {
    id,
    challengeId,
    people,
    tap,
    cancel: () =>
      world.decide(id, (account, now) => cancelChallenge(account, challengeId, aClient(), now)),
    messagesClosedAt: async () =>
      (await world.challenge(id, challengeId)).telegram?.messagesClosedAt,
  };
};
const reads = (person: Person) => telegram.said(person).map(({ text }) => text);
const editsOf = (...people: readonly Person[]) =>
  telegram.calls.filter(
    ({ method, chat }) => method === "editMessageText" && people.some(({ id }) => id === chat),
  ).length;

describe("every message says how it ended, and has no buttons any more:", () => {
  test.each<[string, (given: Awaited<ReturnType<typeof asked>>) => Promise<unknown>, string]>([
    ["approved", ({ tap }) => tap(1, "47"), "✅ Confirmed by User 2."],
    [
      "denied by a wrong number",
      ({ tap }) => tap(0, "83"),
      "⛔️ Denied by User 1. Nobody was let in.",
    ],
    ["denied by 'not me'", ({ tap }) => tap(0, "No, it's not me"), "somebody knows your password"],
    ["cancelled", ({ cancel }) => cancel(), "This request was cancelled."],
    [
      "ended with all other sessions",
      ({ id }) =>
        world.decide(id, (account, { now }) => ({
          account: endOtherSessions(account, null, now),
          outcome: undefined,
        })),
      "This request was cancelled.",
    ],
    [
      "expired",
      async () => {
        clock.advance(601);
        await world.runJobs();
      },
      "⌛️ Too late: this request has expired.",
    ],
  ])("%s", async (_, end, words) => {
    const given = await asked(3);
    await end(given);
    expect(await world.runJobs()).toEqual([]);
    for (const person of given.people) {
      expect(reads(person)).toEqual([expect.stringContaining(words)]);
      expect(telegram.said(person)).toMatchObject([{ keyboard: [], textEdited: true }]);
    }
    expect(await given.messagesClosedAt()).toBe(clock.now());
  });

  test("once: the same job again, and the one at the end of its life, call nobody", async () => {
    const { people, tap } = await asked();
    await tap(0, "47");
    const settle = jobs.findLast(({ job }) => job.kind === "close" && job.notBefore === null);
    await world.runJobs();
    expect(await world.send(JSON.stringify(settle?.job))).toEqual({ batchItemFailures: [] });
    clock.advance(700);
    await world.runJobs();
    expect(editsOf(...people)).toBe(2);
  });
});

test("a job for the end that comes too early, by a clock that is ahead, comes again and edits nothing", async () => {
  const { people, challengeId } = await asked();
  const job = jobs.find((one) => challengeOf(one.job) === challengeId)?.job;
  expect(job).toMatchObject({ kind: "close" });
  clock.advance(598);
  await world.send(JSON.stringify(job));
  expect(editsOf(...people)).toBe(0);
  const due = jobs.filter((one) => challengeOf(one.job) === challengeId).map(({ dueAt }) => dueAt);
  expect(Math.min(...due)).toBe(clock.now() + 2000);
  clock.advance(3);
  await world.runJobs();
  expect(editsOf(...people)).toBe(2);
});

const answered = (description: string): Trouble => ({
  answer: {
    status: 400,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ok: false,
      error_code: 400,
      description: `Bad Request: ${description}`,
    }),
  },
});

describe("an edit that never can be is done with:", () => {
  test.each<[string, Trouble]>([
    [
      "it says so already",
      answered(
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
      ),
    ],
    ["its message was deleted", answered("message to edit not found")],
    ["it is too old", answered("message can't be edited")],
    ["its chat is gone", answered("chat not found")],
    ["the bot is blocked", { status: 403 }],
  ])("%s", async (_, trouble) => {
    const { people, tap, messagesClosedAt } = await asked();
    await tap(0, "47");
    telegram.meet(({ method }) => (method === "editMessageText" ? trouble : undefined));
    expect(await world.runJobs()).toEqual([]);
    telegram.meet(undefined);
    expect(await messagesClosedAt()).toBe(clock.now());
    expect(editsOf(...people)).toBe(2);
  });
});

describe("an edit that Telegram did not take", () => {
  test.each<[string, Trouble]>([
    ["with 500", { status: 500 }],
    ["with 502, a page", { status: 502 }],
    ["with 401", { status: 401 }],
    ["by hanging", "hangs"],
  ])("%s hands the job back, and the next time all is edited", async (_, trouble) => {
    const { people, tap, messagesClosedAt } = await asked();
    const [first, second] = people;
    if (!first || !second) throw new Error("Too few.");
    await tap(0, "47");
    telegram.meet(({ method, chat }) =>
      method === "editMessageText" && chat === second.id ? trouble : undefined,
    );
    const began = performance.now();
    const [job, ...others] = await world.runJobs();
    expect(performance.now() - began).toBeLessThan(10_000);
    telegram.meet(undefined);
    expect(others).toEqual([]);
    // The other one was edited all the same.
    expect(reads(first)).toEqual([expect.stringContaining("✅ Confirmed by User 1.")]);
    expect(await messagesClosedAt()).toBeNull();

    // As SQS hands it out again, seconds later.
    expect(world.hidden.at(-1)).toBe(2);
    expect(await world.send(JSON.stringify(job))).toEqual({ batchItemFailures: [] });
    expect(reads(second)).toEqual([expect.stringContaining("✅ Confirmed by User 1.")]);
    expect(await messagesClosedAt()).toBe(clock.now());
  });

  test("because it wants us to wait is tried after those seconds, not one earlier", async () => {
    const { people, tap, messagesClosedAt } = await asked();
    await tap(0, "47");
    telegram.meet(({ chat }) =>
      chat === people[1]?.id ? { status: 429, retryAfter: 40 } : undefined,
    );
    expect(await world.runJobs()).toEqual([]);
    telegram.meet(undefined);
    expect(await messagesClosedAt()).toBeNull();
    const before = editsOf(...people);
    clock.advance(39);
    await world.runJobs();
    expect(editsOf(...people)).toBe(before);
    clock.advance(1);
    await world.runJobs();
    expect(await messagesClosedAt()).toBe(clock.now());
    for (const person of people) expect(reads(person)).toEqual([expect.stringContaining("✅")]);
  });
});

test("a request that arrives after its challenge was decided is edited at once, by its own sender", async () => {
  const { id, people } = await aLinkedPerson(world, 1);
  const { id: challengeId } = await world.open(id);
  const [person] = people;
  if (!person) throw new Error("Nobody is there.");
  telegram.meet(async ({ method }) => {
    // While Telegram takes the message, somebody says no, and the job for the end is done before there is one.
    if (method !== "sendMessage") return undefined;
    const tap = { challengeId, userId: person.id, messageId: 999, choice: "no" };
    await world.decide(id, (account, now) => answerTelegram(account, tap, now));
    const settle = jobs.findLast(({ job }) => job.kind === "close" && job.notBefore === null);
    expect(await world.send(JSON.stringify(settle?.job))).toEqual({ batchItemFailures: [] });
    return undefined;
  });
  const ask = jobs.find(({ job }) => job.kind === "prompt" && job.challengeId === challengeId);
  expect(await world.send(JSON.stringify(ask?.job))).toEqual({ batchItemFailures: [] });
  telegram.meet(undefined);
  expect(await world.challenge(id, challengeId)).toMatchObject({ status: "denied" });
  expect(reads(person)).toEqual([expect.stringContaining("⛔️ Denied by User 1.")]);
});
