import fc from "fast-check";
import { cancelChallenge } from "../../../../lib/challenge/cancel-challenge.ts";
import { endSessions } from "../../../../lib/sessions/end-sessions.ts";
import { aClient } from "../../../support/account.ts";
import { accountId, challengeId, sessionId } from "../../../support/ids.ts";
import { otherThan, type World } from "./world.ts";

const carriersDo = ["unknown", "too_often", "rejected", "fails later"] as const;
const snsDoes = ["sms unknown", "sms throttled"] as const;
const strays = ["stray execution", "stray call task", "stray SMS task"] as const;
const faults = ["start fails", "move fails", "end fails"] as const;
const ends = ["right code", "cancel", "end sessions"] as const;

/** What can happen to a fallback; a number is so many seconds. */
export const command = fc.oneof(
  { weight: 7, arbitrary: fc.constant("request" as const) },
  { weight: 6, arbitrary: fc.constantFrom(0, 1, 19, 20, 21, 39, 40, 41, 60, 180) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 90 }) },
  { weight: 3, arbitrary: fc.constantFrom(...carriersDo) },
  { weight: 2, arbitrary: fc.constantFrom(...snsDoes) },
  { weight: 3, arbitrary: fc.constantFrom(...strays) },
  { weight: 2, arbitrary: fc.constantFrom(...faults) },
  { weight: 1, arbitrary: fc.constantFrom(...ends) },
  { weight: 1, arbitrary: fc.constant("wrong code" as const) },
);

type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

const id = challengeId("challenge");

/** Does it. Faults of Step Functions come back to whoever asked, as in the service. */
export const happen = async (world: World, one: Command, n: number): Promise<unknown> => {
  const { carrier, sms, faults: machine } = world;
  const stray = { task: "send", execution: `stray ${n}`, accountId: "ann", ownerId: id };
  const heard = carrier.orders.length > 0 ? world.heard() : "0000";
  const failure = new Error("Step Functions is down.");
  if (typeof one === "number") return world.run(one);
  switch (one) {
    case "request":
      return world.request().catch(() => undefined);
    case "unknown":
      return carrier.results.push({ kind: "unknown" });
    case "too_often":
    case "rejected":
      return carrier.results.push({ kind: "refused", reason: one });
    case "fails later":
      return carrier.statuses.push("failed");
    case "sms unknown":
      return sms.results.push({ kind: "unknown" });
    case "sms throttled":
      return sms.results.push({ kind: "refused", reason: "throttled" });
    case "stray execution":
      return world.machine
        .start(accountId("ann"), id, 100 + n, { kind: "send", channel: "call", waitSeconds: 0 })
        .catch(() => undefined);
    case "stray call task":
      return world.tasks.DispatchCall(stray).catch(() => undefined);
    case "stray SMS task":
      return world.tasks.SendSms(stray).catch(() => undefined);
    case "start fails":
      return machine.start.push(failure);
    case "move fails":
      return machine.move.push(failure);
    case "end fails":
      return machine.end.push(failure);
    case "right code":
      return world.answer(heard);
    case "wrong code":
      return world.answer(otherThan(heard));
    case "cancel":
      return world.decide((account, now) => cancelChallenge(account, id, aClient(), now));
    case "end sessions": {
      const input = { sessionId: sessionId("mine"), client: aClient() };
      return world.decide((account, now) => endSessions(account, input, now));
    }
  }
};
