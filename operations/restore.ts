import { parseArgs } from "node:util";
import { busNamed, tableNamed, tellFailure, tellUntold } from "./outside.ts";
import { replaceAccounts } from "./replace-accounts.ts";
import { restoreTable } from "./restore-table.ts";
import { runCommand } from "./run-command.ts";

const usage = `Usage: npm run restore -- --table NAME --recovered-to TIME --event-bus NAME
                              [--into NAME] [--dry-run]

  --table NAME         the table that a point-in-time recovery made
  --recovered-to TIME  the point in time (2026-11-24T10:00:00Z)
  --event-bus NAME     where entries of recent activity are told, as the stack's outputs name it; none: nowhere
  --into NAME          then put the accounts in place of those of this table: the stack's own, with traffic stopped
  --dry-run            only count
  --from PLACE         go on where an earlier run got to

May be run again: an account that is done for this point in time is left alone. docs/runbooks/restore.md says more.`;

type Options = {
  readonly table: string;
  readonly recoveredTo: number;
  readonly eventBus: string;
  readonly into: string | undefined;
  readonly from: string | undefined;
  readonly dryRun: boolean;
};

function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ table: text, into: text, from: text, "recovered-to": text, "event-bus": text },
      "dry-run": { type: "boolean", default: false },
    },
  });
  const { table, into, from, "recovered-to": time = "", "dry-run": dryRun } = values;
  const eventBus = values["event-bus"];
  const recoveredTo = Date.parse(time);
  if (table === undefined) throw new Error("--table is needed.");
  if (!(recoveredTo < Date.now())) throw new Error("--recovered-to needs a time that is past.");
  if (eventBus === undefined) throw new Error("--event-bus is needed, or none.");
  if (into === table) throw new Error("--into is the table itself.");
  return { table, recoveredTo, eventBus, into, from, dryRun };
}

async function run({ table, recoveredTo, eventBus, into, from, dryRun }: Options): Promise<number> {
  const recovered = tableNamed(table);
  const counts = await restoreTable(recovered, {
    recoveredTo,
    events: busNamed(eventBus),
    dryRun,
    from,
    now: Date.now,
    onPage: (soFar, next) => {
      console.log(JSON.stringify(soFar));
      if (next !== undefined) console.log(`To go on from here: --from ${next}`);
    },
    onFailure: tellFailure,
  });
  tellUntold(counts);
  if ((counts["failed"] ?? 0) > 0) {
    console.error("Some accounts failed. Run it again before anybody uses this table.");
    return 1;
  }
  if (into === undefined || dryRun) return 0;
  await replaceAccounts(recovered, tableNamed(into), (soFar) => console.log(JSON.stringify(soFar)));
  console.log(`The accounts of ${into} are those of ${table}.`);
  return 0;
}

await runCommand({ usage, read: readOptions, run });
