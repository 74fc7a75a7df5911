import type { Account } from "../account/account.ts";
import { one } from "../http/measure.ts";
import { contextOf, decide, type Shell } from "../http/shell.ts";
import type { Ladder, Send, Via } from "./ladder.ts";
import { recordRung, type RungResult } from "./record-rung.ts";
import { takeRung } from "./take-rung.ts";
import type { LadderTask } from "./task.ts";

export type Rung = {
  readonly task: LadderTask;
  /** As it was when the rung was claimed. */
  readonly account: Account;
  readonly send: Send;
  readonly ladder: Ladder;
};

/** What carriers know a call by: the same whenever it is tried again. */
export const sendId = ({ subjectId }: LadderTask, { n }: Send): string => `${subjectId}#${n}`;

/**
 * One task of the state machine: asks the account what is due, does it with `place`, keeps what became of it. A task
 * that broke off after its claim may have placed the call, so it is not placed again: its code stays good, and the next
 * rung comes in its time.
 */
export async function runTask(
  shell: Shell,
  via: Via,
  task: LadderTask,
  place: (rung: Rung) => Promise<RungResult>,
): Promise<{ readonly sendId: string; readonly result: RungResult } | undefined> {
  const { accountId, subjectId, token } = task;
  const taken = await decide(shell, accountId, (account) =>
    takeRung(account, { subjectId, via, token }, contextOf(shell, shell.now())),
  );
  switch (taken?.outcome.kind) {
    case undefined:
    case "over":
      await shell.ladders.end(token);
      return undefined;
    case "calls_over":
      await shell.ladders.move(token, "calls_over");
      return undefined;
    case "wait":
      return undefined;
    case "place": {
      const { send, ladder, again } = taken.outcome;
      const result: RungResult = again
        ? { kind: "unknown", carrier: "" }
        : await place({ task, account: taken.account, send, ladder });
      await decide(shell, accountId, (account) =>
        recordRung(account, { subjectId, n: send.n, result }, contextOf(shell, shell.now())),
      );
      const carrier = "carrier" in result && result.carrier !== "" ? result.carrier : undefined;
      shell.log.measure(one("Rung", { via, carrier: carrier ?? "none", outcome: result.kind }));
      shell.log.info("ladder_rung", {
        account: accountId,
        subject: subjectId,
        via,
        n: send.n,
        result: result.kind,
        carrier,
      });
      return { sendId: sendId(task, send), result };
    }
  }
}
