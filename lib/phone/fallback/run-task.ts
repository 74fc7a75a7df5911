import type { Account } from "../../account/account.ts";
import { one } from "../../log/measure.ts";
import type { AccountServices } from "../../account/services.ts";
import { contextOf } from "../../account/account.ts";
import type { Fallback, Send, Channel } from "../../account/fallback.ts";
import type { FallbackMachine } from "./fallback-machine.ts";
import { recordAttempt, type AttemptResult } from "./record-attempt.ts";
import { takeAttempt } from "./take-attempt.ts";
import type { FallbackTask } from "./task.ts";

/** The services of the state machine's tasks. */
export type FallbackServices = AccountServices & { readonly fallbacks: FallbackMachine };

export type Attempt = {
  readonly task: FallbackTask;
  /** The account as it was when the attempt was claimed. */
  readonly account: Account;
  readonly send: Send;
  readonly fallback: Fallback;
};

/** The id by which carriers know a call: the same whenever it is tried again. */
export const sendId = ({ ownerId }: FallbackTask, { n }: Send): string => `${ownerId}#${n}`;

/**
 * Runs one task of the state machine: asks the account what is due, does it with `place`, and records the result. A
 * task that broke off after its claim may have placed the call, so this does not place it again. Its code stays valid,
 * and the next attempt comes in its time.
 */
export async function runTask(
  services: FallbackServices,
  channel: Channel,
  task: FallbackTask,
  place: (attempt: Attempt) => Promise<AttemptResult>,
): Promise<{ readonly sendId: string; readonly result: AttemptResult } | undefined> {
  const { accountId, ownerId, token } = task;
  const taken = await services.decide(accountId, (account) =>
    takeAttempt(account, { ownerId, channel, token }, contextOf(services, services.now())),
  );
  switch (taken?.outcome.kind) {
    case undefined:
    case "over":
      await services.fallbacks.end(token);
      return undefined;
    case "calls_over":
      await services.fallbacks.move(token, "calls_over");
      return undefined;
    case "wait":
      return undefined;
    case "place": {
      const { send, fallback, again } = taken.outcome;
      const result: AttemptResult = again
        ? { kind: "unknown", carrier: "" }
        : await place({ task, account: taken.account, send, fallback });
      await services.decide(accountId, (account) =>
        recordAttempt(account, { ownerId, n: send.n, result }, contextOf(services, services.now())),
      );
      const carrier = "carrier" in result && result.carrier !== "" ? result.carrier : undefined;
      services.log.measure(
        one("FallbackAttempt", { channel, carrier: carrier ?? "none", outcome: result.kind }),
      );
      services.log.info("fallback_attempt", {
        account: accountId,
        owner: ownerId,
        channel,
        n: send.n,
        result: result.kind,
        carrier,
      });
      return { sendId: sendId(task, send), result };
    }
  }
}
