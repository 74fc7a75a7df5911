import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { parseArgs } from "node:util";
import { keyRing, type KeyRing } from "../lib/crypto/key-ring.ts";
import { busNamed, secretsClient, tableNamed, tellFailure, tellUntold } from "./outside.ts";
import { reencryptTable } from "./re-encrypt-table.ts";
import { runCommand } from "./run-command.ts";

const usage = `Usage: npm run re-encrypt -- --table NAME [--totp-key ID] [--lookup-key ID] [--dry-run]

  --table NAME       the table, as the stack's outputs name it
  --totp-key ID      seal the secrets of authenticator apps with the first key of this secret
  --lookup-key ID    enter every mail under the first key of this secret
  --void-recovery-codes-before TIME
                     remove recovery codes that were made before (2026-11-24T10:00:00Z): of a key that was dropped
  --event-bus NAME   needed for that: where it is told, as the stack's outputs name it; none: nowhere
  --dry-run          only count
  --from PLACE       go on where an earlier run got to

May run beside the service, and again: it changes only what is left.`;

type Options = {
  readonly table: string;
  readonly totpKey: string | undefined;
  readonly lookupKey: string | undefined;
  readonly voidCodesBefore: number | undefined;
  readonly eventBus: string;
  readonly from: string | undefined;
  readonly dryRun: boolean;
};

function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ table: text, "totp-key": text, "lookup-key": text, from: text },
      ...{ "void-recovery-codes-before": text, "event-bus": text },
      ...{ "dry-run": { type: "boolean", default: false } },
    },
  });
  const { table, from, "void-recovery-codes-before": before, "dry-run": dryRun } = values;
  const voidCodesBefore = before === undefined ? undefined : Date.parse(before);
  if (table === undefined) throw new Error("--table is needed.");
  if (Number.isNaN(voidCodesBefore)) throw new Error(`${before ?? ""} is no time.`);
  const eventBus = values["event-bus"];
  if (before !== undefined && eventBus === undefined)
    throw new Error("--void-recovery-codes-before needs --event-bus, or none.");
  const ids = { totpKey: values["totp-key"], lookupKey: values["lookup-key"] };
  return { table, ...ids, voidCodesBefore, eventBus: eventBus ?? "none", from, dryRun };
}

async function run({ table, totpKey, lookupKey, eventBus, ...options }: Options): Promise<number> {
  const counts = await reencryptTable(tableNamed(table), {
    ...options,
    totpKeys: await keysOf(totpKey, "totp"),
    lookupKeys: await keysOf(lookupKey, "lookup"),
    events: busNamed(eventBus),
    now: Date.now,
    onPage: (soFar, next) => {
      console.log(JSON.stringify(soFar));
      if (next !== undefined) console.log(`To go on from here: --from ${next}`);
    },
    onFailure: tellFailure,
  });
  tellUntold(counts);
  const bad = ["failed", "unreadable", "mail_unfindable", "mail_taken"];
  const left = bad.filter((kind) => (counts[kind] ?? 0) > 0);
  if (left.length === 0) return 0;
  console.error(`Left: ${left.join(", ")}. Drop no key; docs/runbooks/rotation.md says more.`);
  return 1;
}

async function keysOf(
  secretId: string | undefined,
  purpose: "totp" | "lookup",
): Promise<KeyRing | undefined> {
  if (secretId === undefined) return undefined;
  const command = new GetSecretValueCommand({ SecretId: secretId });
  return keyRing((await secretsClient().send(command)).SecretString ?? "", purpose);
}

await runCommand({ usage, read: readOptions, run });
