import { decideAccount } from "../lib/account/decide-account.ts";
import { walkAccounts, type Counts, type Walk } from "../lib/account/dynamo-account-walk.ts";
import type { Table } from "../lib/account/dynamo-table.ts";
import type { Instant } from "../lib/account/ids.ts";
import { restoreAccount, type RestoreOutcome } from "../lib/account/restore-account.ts";
import { defaultLimits } from "../lib/limits.ts";
import { deciderOn } from "./outside.ts";

export type RestoreOptions = Pick<Walk, "from" | "onPage" | "onFailure"> & {
  /** The point in time that the table was recovered to. */
  readonly recoveredTo: Instant;
  /** Only counts. */
  readonly dryRun: boolean;
  readonly now: () => Instant;
};

/** Makes every account of a recovered table safe to go on with, see `restoreAccount`. May be run again. */
export const restoreTable = (
  table: Table,
  { recoveredTo, dryRun, now, ...walk }: RestoreOptions,
): Promise<Counts> => {
  const decider = deciderOn(table);
  return walkAccounts(table, {
    ...walk,
    width: 16,
    async work(account) {
      const context = { now: now(), limits: defaultLimits };
      const decide = (one: typeof account.value) =>
        restoreAccount(one, { from: recoveredTo }, context);
      const decided = dryRun
        ? decide(account.value)
        : await decideAccount(decider, account.value.id, decide, account);
      return decided ? kindsOf(decided.outcome) : [];
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
