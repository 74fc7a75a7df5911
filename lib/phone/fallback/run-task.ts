import type { Account } from "../../account/account.ts";
import { contextOf } from "../../account/account.ts";
import type { Channel, Fallback, Send, SendCode } from "../../account/fallback.ts";
import type { AccountServices } from "../../account/services.ts";
import { one } from "../../log/measure.ts";
import { priceOf } from "../prices.ts";
import { withQuestions } from "./carrier-questions.ts";
import type { FallbackMachine } from "./fallback-machine.ts";
import { noteOrder } from "./note-order.ts";
import { recordAttempt, type AttemptResult } from "./record-attempt.ts";
import { machineInput, type FallbackStep, type MachineInput } from "./step.ts";
import { takeAttempt } from "./take-attempt.ts";
import type { SendingTask } from "./task.ts";

/** The services of the state machine's tasks. */
export type FallbackServices = AccountServices & { readonly fallbacks: FallbackMachine };

export type Attempt = {
  readonly task: SendingTask;
  /** The account as it was when the attempt was claimed. */
  readonly account: Account;
  readonly send: Send;
  readonly fallback: Fallback;
  /** Notes which carrier gets the order, see `noteOrder`. `false`: no order may leave. Throws if it cannot be noted. */
  readonly note: (carrier: string, code: SendCode) => Promise<boolean>;
};

/** The id by which carriers know a call: the same whenever it is tried again. */
export const sendId = ({ ownerId }: Pick<SendingTask, "ownerId">, { n }: Send): string =>
  `${ownerId}#${n}`;

/** We asked somebody too fast: the machine repeats the task with back-off, and with it the same attempt. */
class SendThrottled extends Error {
  override readonly name = "SendThrottled";
}

/** How an attempt is sent. */
export type Sender = {
  readonly send: (attempt: Attempt) => Promise<AttemptResult>;
  /** Asks what became of an attempt that was ordered before a fault. Never sends it again. */
  readonly askAfter: (attempt: Attempt) => Promise<AttemptResult>;
};

/**
 * Runs a sending task of the state machine: asks the account what is due, sends it, and records the result. Returns
 * where the machine goes on. Any fault is thrown: then the machine repeats the task, and it is the same attempt.
 */
export async function runTask(
  services: FallbackServices,
  channel: Channel,
  task: SendingTask,
  sender: Sender,
): Promise<MachineInput> {
  const { accountId, ownerId, execution } = task;
  const context = () => contextOf(services, services.now());
  const taken = await services.decide(accountId, (account) =>
    takeAttempt(account, { ownerId, channel, execution }, context()),
  );
  if (!taken) return machineInput({ kind: "over" }, task);
  if (taken.outcome.kind === "go_on") return machineInput(taken.outcome.step, task);

  const { send, fallback, ordered } = taken.outcome;
  let instead: string | null = null;
  const note: Attempt["note"] = async (carrier, code) => {
    const order = { ownerId, n: send.n, execution, carrier, instead, code };
    const noted = await services.decide(accountId, (one) => noteOrder(one, order, context()));
    instead = carrier;
    return noted?.outcome === "noted";
  };
  const attempt = { task, account: taken.account, send, fallback, note };
  const result = await (ordered ? sender.askAfter(attempt) : sender.send(attempt));
  const recorded = await services.decide(accountId, (account) =>
    recordAttempt(account, { ownerId, n: send.n, result }, context()),
  );
  tell(services, attempt, result);
  if (result.kind === "throttled") throw new SendThrottled();
  const step: FallbackStep = recorded?.outcome ?? { kind: "over" };
  const reference = result.kind === "placed" ? result.reference : null;
  return machineInput(withQuestions(step, { reference, at: services.now() }, context()), task);
}

const tell = (
  { log }: FallbackServices,
  { task, send, fallback }: Attempt,
  result: AttemptResult,
): void => {
  const { channel, n } = send;
  const carrier = result.kind === "placed" ? result.carrier : (send.carrier ?? undefined);
  log.measure(
    one("FallbackAttempt", { channel, carrier: carrier ?? "none", outcome: result.kind }),
  );
  // Only what may have gone out costs money.
  if (result.kind === "placed" || result.kind === "unknown") {
    const dollars = priceOf(fallback.country, channel) / 1_000_000;
    log.measure({ name: "SendCost", value: dollars, unit: "None", dimensions: {} });
  }
  log.info("fallback_attempt", {
    account: task.accountId,
    owner: task.ownerId,
    channel,
    n,
    result: result.kind,
    carrier,
  });
};
