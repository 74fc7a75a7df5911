import { walkAccounts, type Counts, type Walk } from "../lib/runtime/dynamo-account-walk.ts";
import type { Table } from "../lib/runtime/dynamo-table.ts";
import type { Instant } from "../lib/account/ids.ts";
import { restoreAccount, type RestoreOutcome } from "../lib/whole-account/restore-account.ts";
import { defaultLimits } from "../lib/settings/limits.ts";
import type { ActivityEvents } from "../lib/runtime/activity-events.ts";
import { decideAndTell } from "./decide-and-tell.ts";
import { deciderOn } from "./outside.ts";

export type RestoreOptions = Pick<Walk, "from" | "onPage" | "onFailure"> & {
  /** The point in time that the table was recovered to. */
  readonly recoveredTo: Instant;
  /** The bus that is told of it; undefined: none. */
  readonly events: ActivityEvents | undefined;
  /** Only counts. */
  readonly dryRun: boolean;
  readonly now: () => Instant;
};

/** Makes every account of a recovered table safe to go on with, see `restoreAccount`. It may run again. */
export const restoreTable = (
  table: Table,
  { recoveredTo, dryRun, events, now, ...walk }: RestoreOptions,
): Promise<Counts> => {
  const telling = { decider: deciderOn(table), events, dryRun };
  return walkAccounts(table, {
    ...walk,
    width: 16,
    work(account) {
      const context = { now: now(), limits: defaultLimits };
      const from = recoveredTo;
      return decideAndTell(
        telling,
        account,
        (one) => restoreAccount(one, { from }, context),
        kindsOf,
      );
    },
  });
};

const kindsOf = (outcome: RestoreOutcome): string[] => {
  switch (outcome.kind) {
    case "restored":
      return ["restored", ...(outcome.hadRecoveryCodes ? ["recovery_codes_removed"] : [])];
    case "done":
      return ["done_before"];
  }
};
