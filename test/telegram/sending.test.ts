import { describe, expect, test } from "vitest";
import { promptAgain } from "../../lib/telegram/prompt-again.ts";
import type { Challenge } from "../../lib/account/challenge.ts";
import type { Person } from "../../local/devices/telegram/chats/chat.ts";
import { challengeOf, startBotWorld } from "./support/bot-world.ts";
import { aLinkedPerson } from "./support/linked-people.ts";
import type { Rule, Trouble } from "./support/telegram-server.ts";

const world = await startBotWorld();
const { telegram, clock, jobs } = world;

/** An account whose challenge waits to be sent, and what its chats look like. */
const aRequest = async (count = 1) => {
  const { id, people } = await aLinkedPerson(world, count);
  const { id: challenge } = await world.open(id);
  const stored = (): Promise<Challenge> => world.challenge(id, challenge);
  return {
    id,
    challenge,
    people,
    stored,
    states: async () => (await stored()).telegram?.chats.map(({ state }) => state),
    reachable: async () =>
      (await world.account(id)).telegram.accounts.map(({ reachable }) => reachable),
  };
};
const first = <T>([one]: readonly T[]): T => {
  if (!one) throw new Error("Nobody is there.");
  return one;
};
const callsTo = ({ id }: Person) =>
  telegram.calls.filter(({ chat, method }) => chat === id && method === "sendMessage").length;
/** The first so many calls of each of these people meet trouble. */
const once =
  (trouble: Trouble, times = 1): Rule =>
  ({ method, chat }) => {
    const earlier = telegram.calls.filter((one) => one.chat === chat && one.method === method);
    return earlier.length <= times ? trouble : undefined;
  };
const forPerson =
  ({ id }: Person, trouble: Trouble): Rule =>
  ({ chat }) =>
    chat === id ? trouble : undefined;
const approves = async (person: Person, stored: () => Promise<Challenge>) => {
  const request = first(telegram.said(person));
  expect(await world.deliver(telegram.tap(person, request, "47"))).toBe(200);
  return (await stored()).status === "approved";
};

test("a request is sent as Telegram takes it: HTML, three numbers in ascending order, and a no", async () => {
  const { people, states } = await aRequest(3);
  expect(await world.runJobs()).toEqual([]);
  expect(await states()).toEqual(["asked", "asked", "asked"]);
  for (const person of people) {
    const request = first(telegram.said(person));
    expect(request.text).toContain("Is it you signing in to Twostep?");
    expect(request.entities).toEqual([expect.objectContaining({ type: "bold", offset: 0 })]);
    expect(request.keyboard.map((row) => row.map(({ text }) => text))).toEqual([
      ["12", "47", "83"],
      ["No, it's not me"],
    ]);
    for (const { callback_data = "" } of request.keyboard.flat()) {
      expect(Buffer.byteLength(callback_data)).toBeLessThanOrEqual(64);
    }
  }
});

test("a longest challenge id still fits the 64 bytes of a button", () => {
  // What `newChallengeId` makes of 16 random bytes, a dot, and a number.
  expect(`chal_${Buffer.alloc(16).toString("base64url")}.47`.length).toBeLessThanOrEqual(64);
});

describe("a chat that blocked the bot", () => {
  test("is unreachable and so is its account; the others are asked and can answer", async () => {
    const { people, states, reachable, stored } = await aRequest(3);
    const [blocker, , third] = people;
    if (!blocker || !third) throw new Error("Too few.");
    telegram.block(blocker);
    expect(await world.runJobs()).toEqual([]);
    expect(await states()).toEqual(["unreachable", "asked", "asked"]);
    expect(await reachable()).toEqual([false, true, true]);
    expect(callsTo(blocker)).toBe(1);
    expect(await approves(third, stored)).toBe(true);
  });

  test("is asked again with the next challenge, and reachable when that arrives", async () => {
    const { id, people, reachable } = await aRequest();
    telegram.meet(forPerson(first(people), { status: 403 }));
    await world.runJobs();
    expect(await reachable()).toEqual([false]);
    telegram.meet(undefined);
    await world.open(id);
    await world.runJobs();
    expect(await reachable()).toEqual([true]);
  });
});

describe("told to wait (429)", () => {
  test("the chat is asked after those seconds, not one earlier; the others are asked at once", async () => {
    const { people, states, challenge } = await aRequest(2);
    const [slow, quick] = people;
    if (!slow || !quick) throw new Error("Too few.");
    telegram.meet(forPerson(slow, { status: 429, retryAfter: 17 }));
    expect(await world.runJobs()).toEqual([]);
    telegram.meet(undefined);
    expect(await states()).toEqual(["asking", "asked"]);
    const again = jobs.filter(({ job }) => job.kind === "prompt" && job.challengeId === challenge);
    expect(again.map(({ dueAt }) => dueAt - clock.now())).toEqual([17_000]);

    clock.advance(16);
    await world.runJobs();
    expect(callsTo(slow)).toBe(1);
    clock.advance(1);
    await world.runJobs();
    expect(await states()).toEqual(["asked", "asked"]);
    expect([callsTo(slow), callsTo(quick)]).toEqual([2, 1]);
  });

  test("again and again, it is obeyed each time, and given up where the challenge ends", async () => {
    const { people, states } = await aRequest();
    telegram.meet(() => ({ status: 429, retryAfter: 200 }));
    for (const wait of [0, 200, 200]) {
      clock.advance(wait);
      await world.runJobs();
    }
    // Twice there was time for another 200 s, now there is not.
    telegram.meet(undefined);
    expect(await states()).toEqual(["unreachable"]);
    expect(callsTo(first(people))).toBe(3);
    clock.advance(200);
    await world.runJobs();
    expect(callsTo(first(people))).toBe(3);
  });

  test.each([600, 86_400])(
    "for %d s, which is the end or later, it is given up at once",
    async (seconds) => {
      const { states, challenge } = await aRequest();
      telegram.meet(() => ({ status: 429, retryAfter: seconds }));
      await world.runJobs();
      telegram.meet(undefined);
      expect(await states()).toEqual(["unreachable"]);
      const left = jobs.filter(({ job }) => challengeOf(job) === challenge);
      expect(left.map(({ job }) => job.kind)).not.toContain("prompt");
    },
  );

  test("without a number of seconds it is a second", async () => {
    const { states, people } = await aRequest();
    const body = JSON.stringify({ ok: false, error_code: 429, description: "Too Many Requests" });
    const answer = { status: 429, headers: { "content-type": "application/json" }, body };
    telegram.meet(once({ answer }));
    await world.runJobs();
    telegram.meet(undefined);
    expect(await states()).toEqual(["asking"]);
    clock.advance(1);
    await world.runJobs();
    expect(await states()).toEqual(["asked"]);
    expect(callsTo(first(people))).toBe(2);
  });

  test("a challenge that ended meanwhile is not sent any more", async () => {
    const { id, people, stored } = await aRequest();
    telegram.meet(once({ status: 429, retryAfter: 30 }));
    await world.runJobs();
    telegram.meet(undefined);
    await world.decide(id, (account) => ({
      account: { ...account, epoch: account.epoch + 1 },
      outcome: undefined,
    }));
    clock.advance(30);
    expect(await world.runJobs()).toEqual([]);
    expect(callsTo(first(people))).toBe(1);
    expect((await stored()).telegram?.chats).toMatchObject([{ messages: [] }]);
  });
});

describe("a Telegram that fails", () => {
  test("with 500 is asked once more, and that may be all it takes", async () => {
    const { people, states } = await aRequest();
    telegram.meet(once({ status: 500 }));
    await world.runJobs();
    telegram.meet(undefined);
    expect(await states()).toEqual(["asked"]);
    expect(callsTo(first(people))).toBe(2);
  });

  test.each<[string, Trouble, number]>([
    ["with 400", { status: 400 }, 1],
    ["with 401", { status: 401 }, 1],
    ["with a page of its proxy, which tells not whether it was taken", { status: 502 }, 1],
    ["with 200 and half an answer", { answer: { status: 200, headers: {}, body: '{"ok":tr' } }, 1],
  ])("%s makes the chat unreachable, not the account", async (_, trouble, calls) => {
    const { people, states, reachable } = await aRequest();
    telegram.meet(() => trouble);
    expect(await world.runJobs()).toEqual([]);
    telegram.meet(undefined);
    expect(await states()).toEqual(["unreachable"]);
    expect(await reachable()).toEqual([true]);
    expect(callsTo(first(people))).toBe(calls);
  });

  test("with 500 each time is asked again within seconds, then more slowly, and no more once the challenge is over", async () => {
    const { people, states, reachable } = await aRequest(2);
    const [troubled, other] = people;
    if (!troubled || !other) throw new Error("Too few.");
    world.hidden.length = 0;
    telegram.meet(forPerson(troubled, { status: 500 }));
    const body = JSON.stringify(jobs.findLast(({ job }) => job.kind === "prompt")?.job);
    const delays: number[] = [];
    for (let receives = 1; receives <= 15; receives += 1) {
      const { batchItemFailures } = await world.receive(body, receives);
      if (batchItemFailures.length === 0) break;
      delays.push(world.hidden.at(-1) ?? 0);
      clock.advance(delays.at(-1) ?? 0);
    }
    telegram.meet(undefined);
    expect(delays).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60, 60, 60]);
    expect(await states()).toEqual(["asking", "asked"]);
    expect(await reachable()).toEqual([true, true]);
    // Each time twice, and the other one was asked only once.
    expect([callsTo(troubled), callsTo(other)]).toEqual([28, 1]);
  });

  test("for three seconds has asked two seconds later", async () => {
    const { people, states } = await aRequest();
    telegram.meet(once({ status: 500 }, 2));
    const body = JSON.stringify(jobs.findLast(({ job }) => job.kind === "prompt")?.job);
    expect((await world.receive(body, 1)).batchItemFailures).toHaveLength(1);
    expect(world.hidden.at(-1)).toBe(2);
    clock.advance(2);
    expect((await world.receive(body, 2)).batchItemFailures).toEqual([]);
    telegram.meet(undefined);
    expect(await states()).toEqual(["asked"]);
    expect(callsTo(first(people))).toBe(3);
  });

  test("for one chat leaves another its wait: no try comes earlier than Telegram asked", async () => {
    const { people, states } = await aRequest(2);
    const [waiting, failing] = people;
    if (!waiting || !failing) throw new Error("Too few.");
    const body = JSON.stringify(jobs.findLast(({ job }) => job.kind === "prompt")?.job);
    telegram.meet(({ chat }) =>
      chat === waiting.id ? { status: 429, retryAfter: 17 } : { status: 500 },
    );
    expect((await world.receive(body, 1)).batchItemFailures).toHaveLength(1);
    telegram.meet(undefined);
    clock.advance(2);
    expect((await world.receive(body, 2)).batchItemFailures).toEqual([]);
    expect(await states()).toEqual(["asking", "asked"]);
    expect(callsTo(waiting)).toBe(1);
    clock.advance(15);
    expect(await world.runJobs()).toEqual([]);
    expect(await states()).toEqual(["asked", "asked"]);
  });

  test("can be asked again by the person half a minute later, and then it is", async () => {
    const { id, challenge, states } = await aRequest();
    telegram.meet(() => ({ status: 400 }));
    await world.runJobs();
    telegram.meet(undefined);
    clock.advance(30);
    const numbers = ["21", "22", "23"] as const;
    await world.decide(id, (account, now) =>
      promptAgain(account, { challengeId: challenge, numbers }, now),
    );
    await world.runJobs();
    expect(await states()).toEqual(["asked"]);
  });

  test("by hanging is given up within seconds, asked once; a tap on what arrived all the same counts", async () => {
    const { people, states, stored, id, challenge } = await aRequest(2);
    const [silent, other] = people;
    if (!silent || !other) throw new Error("Too few.");
    telegram.meet(forPerson(silent, "hangs"));
    const began = performance.now();
    await world.runJobs();
    telegram.meet(undefined);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await states()).toEqual(["unreachable", "asked"]);
    expect(callsTo(silent)).toBe(1);

    // The message had arrived; its number is not on record.
    const arrived = { ...first(telegram.said(other)), id: 987_654, personId: silent.id };
    expect(await world.deliver(telegram.tap(silent, arrived, "47"))).toBe(200);
    expect(await stored()).toMatchObject({
      status: "approved",
      telegram: { answeredBy: "tg_1", chats: [{ messages: [987_654] }, {}] },
    });
    expect((await world.account(id)).challenges[0]?.id).toBe(challenge);
  });
});

test("the same job many times, one after another and at once, sends once", async () => {
  const { people } = await aRequest(2);
  const body = JSON.stringify(jobs.findLast(({ job }) => job.kind === "prompt")?.job);
  expect(await world.send(body, body, body)).toEqual({ batchItemFailures: [] });
  expect(await world.send(body)).toEqual({ batchItemFailures: [] });
  expect(people.map(callsTo)).toEqual([1, 1]);
  await world.runJobs();
  expect(people.map(callsTo)).toEqual([1, 1]);
});

test("a sender that died after its claim is followed by another, twenty seconds later", async () => {
  const { people, states } = await aRequest();
  const body = JSON.stringify(jobs.findLast(({ job }) => job.kind === "prompt")?.job);
  let claimed = false;
  world.storage.failWhen(({ command }) => {
    // Dies at the first thing that it does after the claim.
    if (command !== "PutItem") return undefined;
    if (claimed) return "before";
    claimed = true;
    return undefined;
  });
  expect(await world.send(body)).toEqual({ batchItemFailures: [{ itemIdentifier: "record-0" }] });
  world.storage.failWhen(undefined);
  // The job comes back while the claim of the dead one holds. It looks again when that is over.
  clock.advance(2);
  expect(await world.send(body)).toEqual({ batchItemFailures: [] });
  clock.advance(17);
  await world.runJobs();
  expect(callsTo(first(people))).toBe(0);
  clock.advance(1);
  expect(await world.runJobs()).toEqual([]);
  expect(callsTo(first(people))).toBe(1);
  expect(await states()).toEqual(["asked"]);
});

describe("the measure that an alarm watches", () => {
  const measured = async (work: () => Promise<unknown>) => {
    const before = world.measures.length;
    await work();
    return world.measures
      .slice(before)
      .flatMap(({ name, value }) => (name === "TelegramFailed" ? [value] : []));
  };

  test("is a failure where Telegram is down, and none where a person blocked the bot", async () => {
    const { people } = await aRequest(3);
    const [blocker, unlucky] = people;
    if (!blocker || !unlucky) throw new Error("Too few.");
    telegram.block(blocker);
    telegram.meet(forPerson(unlucky, { status: 502 }));
    const values = await measured(world.runJobs);
    telegram.meet(undefined);
    expect(values.sort()).toEqual([0, 0, 1]);
  });

  test("counts no prompt that Telegram wants later before it has come again", async () => {
    const { people } = await aRequest();
    telegram.meet(once({ status: 429, retryAfter: 3 }));
    expect(await measured(world.runJobs)).toEqual([]);
    telegram.meet(undefined);
    clock.advance(4);
    expect(await measured(world.runJobs)).toEqual([0]);
    expect(telegram.said(first(people))).toHaveLength(1);
  });

  test("is a failure where the job itself fails", async () => {
    await aRequest();
    world.storage.failWhen(() => "before");
    const values = await measured(world.runJobs);
    world.storage.failWhen(undefined);
    expect(values).toEqual([1]);
    await world.runJobs();
  });
});
