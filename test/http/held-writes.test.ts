import { expect, test } from "vitest";
import { contracts } from "../../lib/contract/all.ts";
import { holdsOf, isWrite } from "../support/service-holds.ts";
import type { Reply } from "../support/service-browser.ts";
import type { StorageCall } from "../support/service-storage.ts";
import { worldsIn } from "../support/service-worlds.ts";
import { startService } from "../support/service.ts";
import { castFor, prepareStages, type Stage } from "./held-casts.ts";
import {
  givenBy,
  invariants,
  isGood,
  readAftermath,
  senders,
  sessionOf,
  type Aftermath,
  type Sent,
} from "./held-invariants.ts";
import { changes, taps, type Change } from "./held-requests.ts";

const service = await startService();
const worlds = worldsIn(service.storage);
const holds = holdsOf(service.storage);
const stages = await prepareStages(service, worlds);

const everything = [...changes, ...taps(service)];

let runs = 0;
/** @param matter what the requests will look at beside the account and its mail, by partition; all if not given. */
const newWorld = async (stage: Stage, matter?: ReadonlySet<string>) => {
  runs += 1;
  const world = `${stage.name}-${runs}`;
  const matters = (pk: string) => matter?.has(pk) !== false || /^(account|mail)#/.test(pk);
  await worlds.copy(
    stage.items.filter(({ pk }) => typeof pk === "string" && matters(pk)),
    world,
  );
  return { world, cast: castFor(stage) };
};

/** How each request goes on a stage when nothing else happens. */
const alone = new Map<Stage, ReadonlyMap<Change, Reply>>();
for (const stage of stages) {
  const replies = await inGroups(everything, async (change) => {
    const { world, cast } = await newWorld(stage);
    return [change, await worlds.run(world, () => change.send(cast, key("a")))] as const;
  });
  alone.set(stage, new Map(replies));
}
const callsOf = (stage: Stage, change: Change) => alone.get(stage)?.get(change)?.calls ?? [];
const worksAt = (stage: Stage, change: Change) =>
  (alone.get(stage)?.get(change)?.status ?? 500) < 400;

test.each(contracts.filter(({ method }) => method !== "GET"))(
  "$operation can be sent so that it does something",
  ({ operation }) => {
    const sendable = everything.filter(
      (change) => change.operation === operation && stages.some((stage) => worksAt(stage, change)),
    );
    expect(sendable).not.toEqual([]);
  },
);

/** Requests that mean something else where the password alone opens a session. */
const ofPasswords = ["signIn", "reauthenticate"];

/**
 * Where two requests meet: on the first stage with a second step where both work, and where a password tells more, also
 * on the one without. Rivals for a mail work only after one another, so they meet on the first.
 */
const meetingPlaces = (a: Change, b: Change): Stage[] => {
  const [plain, ...secured] = stages;
  const both = secured.find((stage) => worksAt(stage, a) && worksAt(stage, b));
  const passwords = [a, b].some(({ operation }) => ofPasswords.includes(operation));
  const rivals = a.operation === "putAccount" && b.operation === "putAccount";
  // Where a challenge follows, a sign-in does nothing yet to the session that its browser has.
  const replacing = [a, b].some(({ name }) => name === "signIn again");
  return [
    ...(passwords && worksAt(plain, a) && worksAt(plain, b) ? [plain] : []),
    ...(replacing ? [] : both ? [both] : rivals ? secured.slice(0, 1) : []),
  ];
};

/** What may be answered otherwise when it is sent again, because it is done: nothing to end, remove or ask for. */
const overAtOnce = [
  "signOut",
  "endSession",
  "removeTotp",
  "removePhone",
  "unlinkTelegram",
  "promptTelegram",
  "requestCall",
  "callPhone",
];

type Meeting = {
  readonly stage: Stage;
  readonly held: Change;
  readonly other: Change;
  readonly as: "another" | "a repeat" | "a second one";
  /** Its browser never gets the answer of the held one. */
  readonly lost: boolean;
};

const meetingsOf = (held: Change): Meeting[] =>
  everything
    .filter((other) => held.by === "owner" || other.by !== "other")
    .flatMap((other) =>
      meetingPlaces(held, other).flatMap((stage): Meeting[] => {
        const meeting = { stage, held, other };
        const another = { ...meeting, as: other === held ? "a second one" : "another" } as const;
        const both = [held, other].every((change) => givesSession(stage, change));
        return [
          { ...another, lost: false },
          // The late write of an answer that nobody has must not end the session of the one that somebody has.
          ...(both && held.by === other.by ? [{ ...another, lost: true }] : []),
          ...(other === held ? [{ ...meeting, as: "a repeat", lost: true } as const] : []),
        ];
      }),
    );

const givesSession = (stage: Stage, change: Change) => {
  const reply = alone.get(stage)?.get(change);
  return reply !== undefined && givenBy(reply).length > 0;
};

/**
 * Which writes of the one may matter to the other: those in a partition that the other reads or writes as well. A
 * partition is an account with its sessions, or one entry, budget or link beside it. Whom an entry's write does not
 * concern cannot tell when it comes, and the writes of the account are held for everybody.
 */
const writesInCommon = ({ stage, held, other }: Meeting): number[] => {
  const touched = new Set(callsOf(stage, other).flatMap(partitionsOf));
  return callsOf(stage, held)
    .filter(({ command }) => isWrite(command))
    .flatMap((call, i) => (partitionsOf(call).some((one) => touched.has(one)) ? [i + 1] : []));
};

const partitionsOf = ({ input }: StorageCall): string[] =>
  [...JSON.stringify(input).matchAll(/":?pk":"([^"]+)"/g)].map(([, pk = ""]) => pk);

/** Holds each write of the one while the other runs to its end; what does not hold afterwards, as text. */
const meet = async (meeting: Meeting): Promise<string[]> => {
  const found: string[] = [];
  for (const nth of writesInCommon(meeting)) found.push(...(await meetAt(meeting, nth)));
  return found;
};

const meetAt = async ({ stage, held, other, as, lost }: Meeting, nth: number) => {
  const calls = [...callsOf(stage, held), ...callsOf(stage, other)];
  const { world, cast } = await newWorld(stage, new Set(calls.flatMap(partitionsOf)));
  return worlds.run(world, async () => {
    const away = lost ? { ...cast, [held.by]: cast[held.by].copy() } : cast;
    const heldBefore = sessionOf(cast[held.by]);
    const first = holds.hold(nth, () => held.send(away, key("a")));
    await first.reached;
    // Who comes second comes later.
    service.clock.advance(0.001);
    const otherBefore = sessionOf(cast[other.by]);
    const otherKey = as === "a repeat" ? "a" : "b";
    const second = await other.send(cast, key(otherKey));
    first.release();
    const answered = await first.ended;
    // Only the repeat can help a browser that was answered nothing.
    if (lost && as !== "a repeat" && givenBy(second).length === 0) return [];
    const sent: Sent[] = [
      { change: held, reply: answered, heldBefore, repeatKey: "a" },
      { change: other, reply: second, heldBefore: otherBefore, repeatKey: otherKey },
    ];
    const after = await readAftermath(service, cast, sent, stage);
    const broken = Object.entries(invariants).flatMap(([name, holdsTrue]) =>
      holdsTrue(after) ? [] : [name],
    );
    if (runs % 20 === 0) broken.push(...(await askSessions(after)));
    if (held.operation === "putAccount" && other.operation === "putAccount") {
      broken.push(...(await askSignIn(after)));
    }
    if (as === "a repeat" && second.status >= 400 && !overAtOnce.includes(held.operation)) {
      broken.push("what is repeated with its key goes on");
    }
    const story = sent.map(({ change, reply }) => `${change.name} (${reply.code ?? reply.status})`);
    return broken.map(
      (name) =>
        `${stage.name}: write ${nth} (${first.write()}) of ${story.join(`${lost ? ", its answer lost," : ""} held while ${as}, `)}: ${name}`,
    );
  });
};

/** What was concluded from the store, asked of the service itself; only of some, since it takes a request more. */
const askSessions = async (after: Aftermath): Promise<string[]> => {
  const browsers = senders.map((sender) => after.cast[sender]);
  const replies = await Promise.all(browsers.map((browser) => browser.get("/v1/session")));
  const good = browsers.map((one) => isGood(after, sessionOf(one) ?? ""));
  return replies.every(({ status }, i) => (status === 200) === good[i])
    ? []
    : ["a session is good exactly where the store says so"];
};

/** The same of the mail: whoever has the right password signs in with it. */
const askSignIn = async ({ account, before, cast }: Aftermath): Promise<string[]> => {
  const { guest, subject } = cast;
  const unchanged = account.password === before.account.password;
  const password = unchanged ? subject.person.password : "set by the host";
  const { status } = await guest.post("/v1/sign-in", { email: account.email, password });
  return status === 200 ? [] : ["the right password signs in with the account's mail"];
};

const heldOnes = everything.filter(
  (change) => !change.name.endsWith("elsewhere") && stages.some((stage) => worksAt(stage, change)),
);

test.each(heldOnes)("each write of $name comes late", async (held) => {
  const broken = await inGroups(meetingsOf(held), meet);
  expect(broken.flat()).toEqual([]);
});

function key(value: string) {
  return { "idempotency-key": value };
}

/** So many at a time; the results in order. */
async function inGroups<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += 12) {
    results.push(...(await Promise.all(all.slice(from, from + 12).map(work))));
  }
  return results;
}
