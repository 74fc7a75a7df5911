import * as fc from "fast-check";
import type { Update } from "grammy/types";
import { expect, test } from "vitest";
import { recentActivity } from "../../lib/account/note-activity.ts";
import { challengeOf, startBotWorld, type BotWorld } from "./support/bot-world.ts";
import { manyUpdates, type ManyUpdates } from "./support/many-updates.ts";

/** What became of everything whose order does not matter; people and accounts go by their place. */
const endOf = async (world: BotWorld, { asked, links, people }: ManyUpdates) => ({
  challenges: await Promise.all(
    asked.map(async ({ id, challenge }) => {
      const account = await world.account(id);
      const [found] = account.challenges;
      expect(found?.id).toBe(challenge);
      return {
        status: found?.status,
        answered: found?.telegram?.answeredBy,
        messages: found?.telegram?.chats.map(({ messages }) => messages.length),
        prompting: account.telegram.prompting.denials,
        known: account.passwordKnownAt,
        activity: recentActivity(account).map(({ event }) => event),
      };
    }),
  ),
  links: await Promise.all(
    links.map(async (id) => (await world.account(id)).telegram.link?.answer?.name),
  ),
  said: people.map((person) =>
    world.telegram
      .said(person)
      .map(({ text }) => text)
      .sort(),
  ),
});

/** The same updates, a third of them twice, and a fifth of all somewhere else. */
const disordered = (updates: readonly Update[]): Update[] => {
  const all = updates.flatMap((update, n) => (n % 3 === 0 ? [update, update] : [update]));
  const [moved, rest] = [all.filter((_, n) => n % 5 === 0), all.filter((_, n) => n % 5 !== 0)];
  const places = fc.sample(fc.nat({ max: rest.length }), { numRuns: moved.length, seed: 1511 });
  moved.forEach((update, n) => rest.splice(places[n] ?? 0, 0, update));
  return rest;
};

/** How many of the updates under way at once; the bot's webhook allows forty. */
const atOnce = 8;

test("500 updates, a third of them twice and a fifth out of order, end as they do once and in order", async () => {
  const [calm, wild] = [await startBotWorld(), await startBotWorld()];
  const [once, many] = [await manyUpdates(calm), await manyUpdates(wild)];
  expect(once.updates).toHaveLength(500);
  for (const update of once.updates) expect(await calm.deliver(update)).toBe(200);

  const all = disordered(many.updates);
  expect(all).toHaveLength(667);
  for (let n = 0; n < all.length; n += atOnce) {
    const chunk = all.slice(n, n + atOnce).map((update) => wild.deliver(update));
    expect(new Set(await Promise.all(chunk))).toEqual(new Set([200]));
  }

  // Once each, what is due goes through the sender as well.
  const settled = wild.jobs.filter(({ job }) => job.kind === "close" && job.notBefore === null);
  expect([await calm.runJobs(), await wild.runJobs()]).toEqual([[], []]);

  // Nothing is lost, and no answer is given twice.
  const end = await endOf(wild, many);
  expect(end).toEqual(await endOf(calm, once));
  expect(new Set(end.challenges.map(({ status }) => status))).toEqual(
    new Set(["approved", "denied"]),
  );

  // Where people disagree, exactly one of them decides, and all are told the same.
  for (const { id, challenge, people } of many.contested) {
    const account = await wild.account(id);
    const { status, telegram } = await wild.challenge(id, challenge);
    const denials = recentActivity(account).filter(
      ({ event }) => event === "sign_in_denied",
    ).length;
    expect(denials).toBe(status === "denied" ? 1 : 0);
    const by = account.telegram.accounts.find((one) => one.id === telegram?.answeredBy)?.name;
    const ending = `${status === "denied" ? "⛔️ Denied" : "✅ Confirmed"} by ${by ?? "nobody"}.`;
    for (const person of people) {
      expect(wild.telegram.said(person).map(({ text }) => text)).toEqual([
        expect.stringContaining(ending),
      ]);
    }
  }

  // No effect twice: every challenge that ended is told so by one job.
  const told = settled.map(({ job }) => challengeOf(job));
  expect(told).toHaveLength(84);
  expect(new Set(told).size).toBe(84);
  for (const challenge of [...many.asked, ...many.contested]) {
    expect(told).toContain(challenge.challenge);
  }
  const denied = wild.log.filter(({ fields }) => fields["activity"] === "sign_in_denied").length;
  const statuses = await Promise.all(
    [...many.asked, ...many.contested].map(({ id, challenge }) => wild.challenge(id, challenge)),
  );
  expect(denied).toBe(statuses.filter(({ status }) => status === "denied").length);
});
