import { expect, test } from "vitest";
import type { TelegramJob } from "../../lib/telegram/telegram-queue.ts";
import { accountId, challengeId } from "../support/ids.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aLinkedPerson } from "./support/linked-people.ts";

const world = await startBotWorld();
const { telegram, log } = world;

const bodyOf = (job: TelegramJob | undefined) => JSON.stringify(job);
const nobody = { accountId: accountId("nobody"), challengeId: challengeId("none") };

/** An account that has been asked and has said no, with the job that tells its message. */
const aDenial = async () => {
  const { id, people } = await aLinkedPerson(world);
  await world.open(id);
  await world.runJobs();
  const [person] = people;
  const [request] = person ? telegram.said(person) : [];
  if (!person || !request) throw new Error("Nobody was asked.");
  await world.deliver(telegram.tap(person, request, "No, it's not me"));
  return { person, body: bodyOf(world.jobs.pop()?.job) };
};
const aRequest = async () => {
  const { id, people } = await aLinkedPerson(world);
  await world.open(id);
  const body = bodyOf(world.jobs.findLast(({ job }) => job.kind === "prompt")?.job);
  world.jobs.length = 0;
  return { people, body };
};

test("of a batch exactly the records that failed come back, and the others are done", async () => {
  const [request, done, failing] = [await aRequest(), await aDenial(), await aDenial()];
  telegram.meet(({ method, chat }) =>
    method === "editMessageText" && chat === failing.person.id ? { status: 500 } : undefined,
  );
  const { batchItemFailures } = await world.send(
    "{not json",
    request.body,
    bodyOf({ kind: "prompt", ...nobody, round: 1 }),
    done.body,
    bodyOf({ kind: "close", ...nobody, notBefore: null }),
    failing.body,
    JSON.stringify({ kind: "close", ...nobody }),
  );
  telegram.meet(undefined);
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
    "record-0",
    "record-2",
    "record-4",
    "record-5",
    "record-6",
  ]);
  expect(telegram.said(done.person)).toMatchObject([{ textEdited: true }]);
  expect(telegram.said(failing.person)).toMatchObject([{ textEdited: false }]);
  for (const person of request.people) expect(telegram.said(person)).toHaveLength(1);
});

test("a job that keeps failing comes back each time, so that it ends among the dead letters", async () => {
  const { body, person } = await aDenial();
  telegram.meet(({ chat }) => (chat === person.id ? { status: 500 } : undefined));
  for (let receive = 1; receive <= 3; receive += 1) {
    expect((await world.send(body)).batchItemFailures).toHaveLength(1);
  }
  telegram.meet(undefined);
  // Somebody hands it in again from there.
  expect(await world.send(body)).toEqual({ batchItemFailures: [] });
  expect(telegram.said(person)).toMatchObject([{ textEdited: true }]);
});

test("a storage that fails hands every job back, and nothing is sent that was not claimed", async () => {
  const [one, two] = [await aRequest(), await aRequest()];
  const calls = telegram.calls.length;
  world.storage.failWhen(() => "before");
  const failed = await world.send(one.body, two.body);
  world.storage.failWhen(undefined);
  expect(failed.batchItemFailures).toHaveLength(2);
  expect(telegram.calls.slice(calls)).toEqual([]);
  expect(await world.send(one.body, two.body)).toEqual({ batchItemFailures: [] });
  expect(telegram.calls.slice(calls)).toHaveLength(2);
});

test("an empty batch is done, and one of a challenge that is forgotten has nothing to do", async () => {
  const { id } = await aLinkedPerson(world);
  const ids = { accountId: id, challengeId: challengeId("forgotten") };
  expect(await world.send()).toEqual({ batchItemFailures: [] });
  const calls = telegram.calls.length;
  const bodies = [
    bodyOf({ kind: "prompt", ...ids, round: 1 }),
    bodyOf({ kind: "close", ...ids, notBefore: null }),
  ];
  expect(await world.send(...bodies)).toEqual({ batchItemFailures: [] });
  expect(telegram.calls.slice(calls)).toEqual([]);
});

test("a job that failed is told by its id, not by what was in it", async () => {
  const before = log.length;
  await world.send(
    '{"kind":"prompt","accountId":"a secret of somebody","challengeId":"x","round":1}',
  );
  const lines = log.slice(before);
  expect(lines).toMatchObject([
    { message: "telegram_job_failed", fields: { messageId: "record-0" } },
  ]);
  expect(JSON.stringify(lines)).not.toContain("a secret of somebody");
});
