import type { AccountIndex } from "../../lib/account/account-index.ts";
import type { SendCode } from "../../lib/account/fallback.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { faultFields } from "../../lib/log/log.ts";
import { carrierFailures } from "../../lib/phone/carriers/carrier-failures.ts";
import type { CallOrder, Carrier } from "../../lib/phone/carriers/carrier.ts";
import {
  chooseCarriers,
  withoutCredentials,
  type CarrierChoice,
} from "../../lib/phone/carriers/choose-carriers.ts";
import type { Breakers } from "../../lib/phone/carriers/circuit-breaker.ts";
import { placeCall, resolveUnknown } from "../../lib/phone/carriers/place-call.ts";
import { callCode } from "../../lib/phone/fallback/codes.ts";
import { listen } from "../../lib/phone/fallback/listen.ts";
import type { AttemptResult } from "../../lib/phone/fallback/record-attempt.ts";
import {
  refundAttempt,
  reserveAttempt,
  type BudgetServices,
} from "../../lib/phone/fallback/reserve-attempt.ts";
import {
  runTask,
  sendId,
  type Attempt,
  type FallbackServices,
} from "../../lib/phone/fallback/run-task.ts";
import type { MachineInput } from "../../lib/phone/fallback/step.ts";
import { readFallbackTask } from "../../lib/phone/fallback/task.ts";
import { resultOf } from "./call-result.ts";

export type DispatchDeps = BudgetServices & {
  readonly services: FallbackServices;
  readonly carriers: () => Promise<Readonly<Record<string, Carrier>>>;
  readonly choice: CarrierChoice;
  readonly codeKeys: () => Promise<KeyRing>;
  readonly index: AccountIndex;
};

/**
 * The tasks `DispatchCall` and `ListenCall`: one places the call that is due, through the carriers of the number's
 * country; the other asks its carrier how it went, and waits for news.
 *
 * Secrets are read before anything is claimed. If one is missing, nothing has happened, and the machine repeats the
 * task.
 */
export const dispatchCall = (deps: DispatchDeps) => {
  const tellOnce = tellWithoutCredentials(deps);
  let breakers: Breakers = {};

  return async (payload: unknown): Promise<MachineInput | undefined> => {
    const task = readFallbackTask(payload);
    if (task.kind === "listen") {
      await listen(deps.services, task, async (send) => {
        const asked = (await deps.carriers())[send.carrier ?? ""];
        const { reference } = send;
        return asked ? asked.status({ sendId: sendId(task, send), reference }) : "unknown";
      });
      return undefined;
    }
    const [keys, carriers] = await Promise.all([deps.codeKeys(), deps.carriers()]);
    tellOnce(carriers);
    return runTask(deps.services, "call", task, {
      send: async (attempt) => {
        const placed = await place(deps, attempt, keys, carriers, breakers);
        breakers = placed.breakers;
        return placed.result;
      },
      askAfter: (attempt) => askAfter(deps, attempt, keys, carriers),
    });
  };
};

type Carriers = Readonly<Record<string, Carrier>>;

const place = async (
  deps: DispatchDeps,
  attempt: Attempt,
  keys: KeyRing,
  carriers: Carriers,
  breakers: Breakers,
): Promise<{ readonly result: AttemptResult; readonly breakers: Breakers }> => {
  const { services } = deps;
  if (!(await reserveAttempt(deps, attempt, keys))) return { result: { kind: "off" }, breakers };
  const note = async (carrier: Carrier) => {
    try {
      return await attempt.note(carrier.name, codeBefore(carrier, keys));
    } catch (fault) {
      await refundAttempt(deps, attempt, keys, "all");
      throw fault;
    }
  };
  const chosen = chooseCarriers(attempt.fallback.country, deps.choice, carriers);
  const order = orderOf(attempt, keys);
  const placed = await placeCall(chosen, order, breakers, services.now(), note);
  for (const measure of carrierFailures(placed)) services.log.measure(measure);
  for (const { carrier, reason } of placed.failed) {
    services.log.warn("carrier_failed", { carrier, reason });
  }
  const { result, refund } = resultOf(placed, carriers, attempt, keys);
  if (refund) await refundAttempt(deps, attempt, keys, refund);
  await keepWayBack(deps, attempt.task.accountId, result);
  return { result, breakers: placed.breakers };
};

/** The order may have left before a fault. Its carrier is asked; the call is not placed again. */
const askAfter = async (
  deps: DispatchDeps,
  attempt: Attempt,
  keys: KeyRing,
  carriers: Carriers,
): Promise<AttemptResult> => {
  const carrier = carriers[attempt.send.carrier ?? ""];
  if (!carrier) return { kind: "unknown" };
  const asked = await resolveUnknown(carrier, orderOf(attempt, keys));
  const placed = { carrier: carrier.name, result: asked };
  const { result, refund } = resultOf(placed, carriers, attempt, keys);
  if (refund) await refundAttempt(deps, attempt, keys, refund);
  return result;
};

/** What is known of the code before the carrier answers: all, where we choose it; else nothing. */
const codeBefore = ({ kind }: Carrier, [key]: KeyRing): SendCode =>
  kind === "we_choose" ? { kind: "derived", by: key.id } : { kind: "unknown" };

/** The same order for the same attempt, also after the keys were rotated. */
const orderOf = ({ task, send, fallback }: Attempt, keys: KeyRing): CallOrder => {
  const { code } = send;
  const by = code.kind === "derived" ? keys.find(({ id }) => id === code.by) : undefined;
  return {
    sendId: sendId(task, send),
    number: fallback.number,
    code: callCode(by ?? keys[0], task.ownerId, send.n),
    ip: fallback.ip,
  };
};

/**
 * Warns once for each carrier in the life of this function: else calls would become SMS and nothing would say why.
 */
const tellWithoutCredentials = ({ services, choice }: DispatchDeps) => {
  const told = new Set<string>();
  return (carriers: Carriers): void => {
    for (const carrier of withoutCredentials(choice, carriers)) {
      if (!told.has(carrier)) services.log.warn("carrier_without_credentials", { carrier });
      told.add(carrier);
    }
  };
};

/**
 * Keeps the entry by which the carrier's callback finds the account. A fault loses only that entry: the call rings, and
 * its result, above all its code, must still be recorded.
 */
const keepWayBack = async (
  { services, index }: DispatchDeps,
  accountId: AccountId,
  result: AttemptResult,
): Promise<void> => {
  if (result.kind !== "placed" || result.reference === null) return;
  try {
    await index.put("call", hashToken(result.reference), accountId, services.now() + 86_400_000);
  } catch (fault) {
    services.log.warn("call_index_failed", faultFields(fault));
  }
};
