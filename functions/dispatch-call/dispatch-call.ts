import type { AccountIndex } from "../../lib/account/account-index.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { KeyId } from "../../lib/crypto/secret-key.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import type { Carrier } from "../../lib/phone/carriers/carrier.ts";
import { carrierFailures } from "../../lib/phone/carriers/carrier-failures.ts";
import {
  chooseCarriers,
  withoutCredentials,
  type CarrierChoice,
} from "../../lib/phone/carriers/choose-carriers.ts";
import type { Breakers } from "../../lib/phone/carriers/circuit-breaker.ts";
import { placeCall, type PlacedCall } from "../../lib/phone/carriers/place-call.ts";
import type { Counter } from "../../lib/guard/counter.ts";
import type { SendStops } from "../../lib/guard/send-stops.ts";
import { faultFields } from "../../lib/log/log.ts";
import { contextOf } from "../../lib/account/account.ts";
import { reserveAttempt } from "../../lib/phone/fallback/reserve-attempt.ts";
import { callCode, toldCodeHash } from "../../lib/phone/fallback/codes.ts";
import type { SendCode } from "../../lib/account/fallback.ts";
import { markFailed, type AttemptResult } from "../../lib/phone/fallback/record-attempt.ts";
import {
  runTask,
  sendId,
  type Attempt,
  type FallbackServices,
} from "../../lib/phone/fallback/run-task.ts";
import { readFallbackTask, type FallbackTask } from "../../lib/phone/fallback/task.ts";

export type DispatchDeps = {
  readonly services: FallbackServices;
  readonly carriers: () => Promise<Readonly<Record<string, Carrier>>>;
  readonly choice: CarrierChoice;
  readonly codeKeys: () => Promise<KeyRing>;
  readonly budgets: Counter;
  readonly stops: SendStops;
  readonly index: AccountIndex;
  /** Waits before the function asks a carrier how its call went. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** The waits, after a call was placed, before each question to its carrier whether it failed: 2 s, then 4 s more. */
const askAfterMilliseconds = [2000, 4000];

/** The task `DispatchCall`: places the call that is due, through the carriers of the number's country. */
export const dispatchCall = (deps: DispatchDeps) => {
  let breakers: Breakers = {};
  const told = new Set<string>();

  /**
   * Warns once for each carrier in the life of this function: else calls would become SMS and nothing would say why.
   */
  const tellWithoutCredentials = (carriers: Readonly<Record<string, Carrier>>) => {
    for (const carrier of withoutCredentials(deps.choice, carriers)) {
      if (!told.has(carrier)) deps.services.log.warn("carrier_without_credentials", { carrier });
      told.add(carrier);
    }
  };

  const place = async (attempt: Attempt): Promise<AttemptResult> => {
    const { services, choice } = deps;
    const { task, send, fallback } = attempt;
    const keys = await deps.codeKeys();
    const [key] = keys;
    if (!(await reserveAttempt(deps, attempt, keys))) return { kind: "off" };
    const order = {
      sendId: sendId(task, send),
      number: fallback.number,
      code: callCode(key, task.ownerId, send.n),
      ip: fallback.ip,
    };
    const carriers = await deps.carriers();
    tellWithoutCredentials(carriers);
    const chosen = chooseCarriers(fallback.country, choice, carriers);
    const placed = await placeCall(chosen, order, breakers, services.now());
    for (const measure of carrierFailures(placed)) services.log.measure(measure);
    for (const { carrier, reason } of placed.failed) {
      services.log.warn("carrier_failed", { carrier, reason });
    }
    breakers = placed.breakers;
    const reference = placed.result.kind === "placed" ? placed.result.reference : null;
    if (reference !== null) await keepWayBack(deps, task.accountId, reference);
    return resultOf(placed, carriers, {
      derivedBy: key.id,
      hash: (code) => toldCodeHash(key, task.ownerId, send.n, code),
    });
  };

  return async (payload: unknown): Promise<void> => {
    const task = readFallbackTask(payload);
    const done = await runTask(deps.services, "call", task, place);
    if (done?.result.kind === "placed") await watch(deps, task, done.sendId, done.result);
  };
};

/**
 * Keeps the entry by which the carrier's callback finds the account. A fault loses only that entry: the call rings, and
 * its result, above all its code, must still be recorded.
 */
const keepWayBack = async (
  { services, index }: DispatchDeps,
  accountId: AccountId,
  reference: string,
): Promise<void> => {
  try {
    await index.put("call", hashToken(reference), accountId, services.now() + 86_400_000);
  } catch (fault) {
    services.log.warn("call_index_failed", faultFields(fault));
  }
};

const resultOf = (
  { carrier, result }: PlacedCall,
  carriers: Readonly<Record<string, Carrier>>,
  { derivedBy, hash }: { readonly derivedBy: KeyId; readonly hash: (code: string) => string },
): AttemptResult => {
  if (result.kind === "unknown") return { kind: "unknown", carrier: carrier ?? "" };
  // All carriers refused. They would refuse another call as well, except where a carrier only wants a pause.
  if (result.kind === "refused") return { kind: result.reason === "too_often" ? "failed" : "off" };
  if (carrier === null) return { kind: "off" };
  const { reference } = result;
  const code = ((): SendCode => {
    if ("code" in result) {
      return { kind: "told", hash: hash(result.code) };
    }
    return carriers[carrier]?.kind === "carrier_checks"
      ? { kind: "checked" }
      : { kind: "derived", by: derivedBy };
  })();
  return { kind: "placed", carrier, reference, code };
};

/** Asks after a placed call: carriers tell some failures only then. After a failure the next attempt comes at once. */
const watch = async (
  { services, carriers, wait }: DispatchDeps,
  { accountId, ownerId }: FallbackTask,
  sendId: string,
  { carrier, reference }: Extract<AttemptResult, { kind: "placed" }>,
): Promise<void> => {
  const asked = (await carriers())[carrier];
  if (!asked || reference === null) return;
  for (const milliseconds of askAfterMilliseconds) {
    await wait(milliseconds);
    const status = await asked.status({ sendId, reference });
    if (status === "delivered") return;
    if (status !== "failed") continue;
    await services.decide(accountId, (account) =>
      markFailed(account, { ownerId, reference }, contextOf(services, services.now())),
    );
    return;
  }
};
