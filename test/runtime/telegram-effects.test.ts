import { describe, expect, test } from "vitest";
import { noteActivity } from "../../lib/account/note-activity.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { effectsOf } from "../../lib/runtime/effects.ts";
import { performEffects, type Performer } from "../../lib/runtime/perform-effects.ts";
import type { TelegramJob } from "../../lib/telegram/telegram-queue.ts";
import type { LogFields } from "../../lib/log/log.ts";
import { aClient, anAccount } from "../support/account.ts";
import { aNewChallenge } from "../support/challenge.ts";
import { deciderOn, memoryAccountStore } from "../support/memory-account-store.ts";
import { telegramWith } from "../support/telegram.ts";
import { context, minute, noon } from "../support/time.ts";

const before = anAccount({ telegram: telegramWith(2) });
const asked = openWithPrompt(before, aNewChallenge(), context(noon)).account;
const over = cancelChallenge(asked, aNewChallenge().id, aClient(), context(noon)).account;

const performerOn = (account: typeof asked, accepts: (job: TelegramJob) => boolean) => {
  const sent: [TelegramJob, number][] = [];
  const lines: { message: string; fields: LogFields }[] = [];
  const note = (message: string, fields: LogFields) => void lines.push({ message, fields });
  const nobody = () => Promise.reject(new Error("No fallback is meant."));
  const store = memoryAccountStore(account);
  const performer: Performer = {
    decider: deciderOn(store),
    queue: {
      send: (job, delay) =>
        accepts(job)
          ? Promise.resolve(void sent.push([job, delay]))
          : Promise.reject(new Error(`No room for ${JSON.stringify(job)}`)),
    },
    fallbacks: { start: nobody, move: nobody, goOn: nobody, end: nobody },
    log: { info: note, warn: note, error: note, measure: () => undefined },
  };
  return { performer, sent, lines, store };
};
const statesOf = (account: typeof asked | undefined) =>
  account?.challenges[0]?.telegram?.chats.map(({ state }) => state);

test("a request goes out at once, and the end a second after the challenge's own", async () => {
  const { performer, sent } = performerOn(asked, () => true);
  const after = await performEffects(performer, asked, effectsOf(before, asked), context(noon));
  expect(sent.map(([{ kind }, delay]) => [kind, delay])).toEqual([
    ["prompt", 0],
    ["close", 601],
  ]);
  expect(after).toBe(asked);
});

test("an end that is past is settled soon, one that something else brought at once", async () => {
  const { performer, sent } = performerOn(asked, () => true);
  const late = context(noon + 20 * minute);
  await performEffects(performer, asked, effectsOf(before, asked), late);
  await performEffects(performer, over, effectsOf(asked, over), context(noon));
  expect(sent.map(([{ kind }, delay]) => [kind, delay])).toEqual([
    ["prompt", 0],
    ["close", 1],
    ["close", 0],
  ]);
});

describe("a queue that takes nothing", () => {
  test("makes the chats unreachable at once, in the store and in what the page shows", async () => {
    const { performer, store, lines } = performerOn(asked, () => false);
    const after = await performEffects(performer, asked, effectsOf(before, asked), context(noon));
    expect(statesOf(after)).toEqual(["unreachable", "unreachable"]);
    expect(statesOf((await store.load(asked.id))?.value)).toEqual(["unreachable", "unreachable"]);
    expect(lines.map(({ message }) => message)).toEqual([
      "telegram_queue_failed",
      "telegram_queue_failed",
    ]);
    // Nor is it told what the job was about.
    expect(JSON.stringify(lines)).not.toContain("No room");
  });

  test("undoes no decision: the challenge is over all the same", async () => {
    const { performer, lines } = performerOn(over, () => false);
    const after = await performEffects(performer, over, effectsOf(asked, over), context(noon));
    expect(after).toBe(over);
    expect(lines).toHaveLength(1);
  });

  test("for the end alone leaves the request on its way", async () => {
    const { performer, sent } = performerOn(asked, ({ kind }) => kind === "prompt");
    const after = await performEffects(performer, asked, effectsOf(before, asked), context(noon));
    expect(sent).toHaveLength(1);
    expect(statesOf(after)).toEqual(["asking", "asking"]);
  });
});

test("a notice that the queue refuses undoes nothing, and the log does not say what it was about", async () => {
  const removed = noteActivity(before, "totp_removed", aClient(), context(noon));
  const { performer, lines } = performerOn(removed, () => false);
  const effects = effectsOf(before, removed);
  const after = await performEffects(performer, removed, effects, context(noon));
  expect(after).toBe(removed);
  expect(lines).toEqual([
    {
      message: "telegram_queue_failed",
      fields: expect.objectContaining({ job: "notify" }) as unknown,
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain("No room");
});
