import { describe, expect, test } from "vitest";
import { faultModes, faultsOf, type FaultMode } from "../support/service-faults.ts";
import { worldsIn } from "../support/service-worlds.ts";
import { startService } from "../support/service.ts";
import { castFor, prepareStages } from "./held-casts.ts";
import { flows, type Flow, type Step, type StepReply } from "./fault-flows.ts";
import type { Cast } from "./held-requests.ts";

// Each call of the storage that a flow makes goes wrong once. Nothing but 503 comes of it, and the same request again
// goes on to what it should have had: nobody is told that a right code is wrong, or used already by themselves.

const service = await startService();
const worlds = worldsIn(service.storage);
const faults = await faultsOf(service.storage);
const stages = await prepareStages(service, worlds);

const isSignedIn = async (cast: Cast, sender: Flow["signedIn"]) =>
  sender === undefined || (await cast[sender].get("/v1/session")).status === 200;

/** One step: once, and where that was answered 503, once more. Returns what was wrong about it, as text. */
const take = async (step: Step, cast: Cast, { former, alone }: Flow): Promise<string[]> => {
  const tell = (reply: StepReply) =>
    `${step.name} was answered ${reply.status} ${JSON.stringify(reply.body ?? "")}`;
  const first = await step.send();
  if (step.good(first)) return [];
  if (first.status !== 503) return [tell(first)];
  const lost = former && !(await isSignedIn(cast, former));
  let second = await step.send();
  const { retryAfter = 0 } = (second.body ?? {}) as { retryAfter?: number };
  if (alone && second.status === 429) {
    // The first was heard: whoever is told to wait does.
    service.clock.advance(retryAfter);
    second = await step.send();
  }
  return [
    ...(step.good(second) ? [] : [`again, ${tell(second)}`]),
    ...(lost ? [`${step.name} failed, and the session of the ${former} is lost`] : []),
  ];
};

let runs = 0;
const play = async (flow: Flow, mode: FaultMode, nth: number) => {
  const stage = stages.find(({ name }) => name === flow.stage) ?? stages[0];
  const world = `${flow.stage}-${(runs += 1)}`;
  await worlds.copy(stage.items, world);
  const cast = castFor(stage);
  const [began, orders] = [service.clock.now(), service.phone.orders.length];
  service.jobs.splice(0);
  service.clock.advance(flow.after ?? 0);
  return worlds.run(world, async () => {
    const trap = faults.trap(mode, nth);
    const wrong: string[] = [];
    for (const step of flow.steps(cast, service)) {
      const taking = () => take(step, cast, flow);
      wrong.push(...(await (step.sure ? taking() : trap.run(taking))));
      if (wrong.length > 0) break;
    }
    if (wrong.length === 0 && !(await isSignedIn(cast, flow.signedIn))) {
      wrong.push(`the ${flow.signedIn ?? ""} is not signed in`);
    }
    const ids = service.phone.orders.slice(orders).map(({ sendId }) => sendId);
    if (flow.alone && new Set(ids).size < ids.length) wrong.push("a call is placed twice");
    // Some wait for what is tried again later.
    if (flow.alone) service.clock.advance((began - service.clock.now()) / 1000);
    return { calls: trap.calls(), wrong: wrong.map((what) => `call ${nth}: ${what}`) };
  });
};

/** How many calls each flow makes where nothing goes wrong. */
const callsOf = new Map<Flow, number>();
for (const flow of flows) callsOf.set(flow, (await play(flow, "error", Infinity)).calls);

describe.each(faultModes)("a call of the storage meets this: %s", (mode) => {
  test.each(flows)("$name", async (flow) => {
    const nths = Array.from({ length: callsOf.get(flow) ?? 0 }, (_, i) => i + 1);
    const wrong: string[] = [];
    // So many at a time; one that sets something going, by itself.
    const width = flow.alone ? 1 : 12;
    for (let from = 0; from < nths.length; from += width) {
      const some = nths.slice(from, from + width);
      wrong.push(
        ...(await Promise.all(some.map((nth) => play(flow, mode, nth)))).flatMap(
          (one) => one.wrong,
        ),
      );
    }
    expect(nths).not.toEqual([]);
    expect(wrong).toEqual([]);
  });
});
