import type { Account } from "../../account/account.ts";
import { one } from "../../log/measure.ts";
import { contextOf, decide, type Shell } from "../../runtime/shell.ts";
import type { Fallback, Send, Channel } from "../../account/fallback.ts";
import { recordAttempt, type AttemptResult } from "./record-attempt.ts";
import { takeAttempt } from "./take-attempt.ts";
import type { FallbackTask } from "./task.ts";

export type Attempt = {
  readonly task: FallbackTask;
  /** As it was when the attempt was claimed. */
  readonly account: Account;
  readonly send: Send;
  readonly fallback: Fallback;
};

/** What carriers know a call by: the same whenever it is tried again. */
export const sendId = ({ ownerId }: FallbackTask, { n }: Send): string => `${ownerId}#${n}`;

/**
 * One task of the state machine: asks the account what is due, does it with `place`, keeps what became of it. A task
 * that broke off after its claim may have placed the call, so it is not placed again: its code stays good, and the next
 * attempt comes in its time.
 */
export async function runTask(
  shell: Shell,
  channel: Channel,
  task: FallbackTask,
  place: (attempt: Attempt) => Promise<AttemptResult>,
): Promise<{ readonly sendId: string; readonly result: AttemptResult } | undefined> {
  const { accountId, ownerId, token } = task;
  const taken = await decide(shell, accountId, (account) =>
    takeAttempt(account, { ownerId, channel, token }, contextOf(shell, shell.now())),
  );
  switch (taken?.outcome.kind) {
    case undefined:
    case "over":
      await shell.fallbacks.end(token);
      return undefined;
    case "calls_over":
      await shell.fallbacks.move(token, "calls_over");
      return undefined;
    case "wait":
      return undefined;
    case "place": {
      const { send, fallback, again } = taken.outcome;
      const result: AttemptResult = again
        ? { kind: "unknown", carrier: "" }
        : await place({ task, account: taken.account, send, fallback });
      await decide(shell, accountId, (account) =>
        recordAttempt(account, { ownerId, n: send.n, result }, contextOf(shell, shell.now())),
      );
      const carrier = "carrier" in result && result.carrier !== "" ? result.carrier : undefined;
      shell.log.measure(
        one("FallbackAttempt", { channel, carrier: carrier ?? "none", outcome: result.kind }),
      );
      shell.log.info("fallback_attempt", {
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
