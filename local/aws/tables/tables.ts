import { Worker } from "node:worker_threads";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Access, Witness } from "../access/guard.ts";
import { LOCAL_CREDENTIALS } from "../access/signature.ts";
import type { KeyedTable } from "../access/table-actions.ts";
import { refusal } from "../data/refusal.ts";
import { storageRefusal } from "../data/storage-refusal.ts";
import type { PlannedFault } from "../faults/service-faults.ts";
import { REGION } from "../template/names.ts";
import type { DynaliteMessage, ToDynalite } from "./dynalite-worker.ts";

export type Tables = {
  endpoint: string;
  client: DynamoDBClient;
  /** From now on functions may do what their roles allow to these tables. The actions do not wait for the witness. */
  allow: (rules: {
    access: Access;
    tables: readonly KeyedTable[];
    report: (denial: string) => void;
    witness: Witness;
  }) => void;
  /** From now on requests that are signed with these keys fail as planned. */
  fail: (callers: ReadonlySet<string>, planned: readonly PlannedFault[]) => void;
  /** Registers a listener that hears when a planned fault has happened. */
  onFault: (hear: () => void) => void;
  /** Closes the database. Its data is there at the next start. */
  stop: () => Promise<void>;
};

const STOP_LIMIT_MS = 5000;

/**
 * Starts the embedded DynamoDB on a loopback port, with its data under `path`.
 * Refuses a folder that another process has open (LevelDB's own lock says so, whatever else is on disk), and a folder
 * whose files are not as the last run left them.
 */
export async function startTables(path: string): Promise<Tables> {
  const worker = new Worker(new URL("./dynalite-worker.ts", import.meta.url), {
    workerData: { path, sealPath: `${path}.seal` },
    execArgv: [],
  });
  const first = await nextMessage(worker).catch((error: unknown) => {
    throw storageRefusal(error, path) ?? error;
  });
  if (first.kind !== "listening") {
    await worker.terminate();
    throw whyNot(first, path);
  }
  // Without its store the stack can do nothing right, so the process ends and says why. After a write that failed,
  // LevelDB would lose later writes at the next start, so none may follow it.
  worker.on("error", (error) => {
    throw storageRefusal(error, path) ?? error;
  });
  const endpoint = `http://127.0.0.1:${first.port}`;
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  return {
    endpoint,
    client,
    allow: ({ access, tables, report, witness }) => {
      worker.on("message", (message: DynaliteMessage) => {
        if (message.kind === "denied") report(message.message);
        if (message.kind === "done") void witness(message.who, message.action);
      });
      worker.postMessage({ kind: "allow", access, tables } satisfies ToDynalite);
    },
    fail: (callers, planned) =>
      worker.postMessage({ kind: "fail", callers, planned } satisfies ToDynalite),
    onFault: (hear) => {
      worker.on("message", ({ kind }: DynaliteMessage) => {
        if (kind === "failed_as_planned") hear();
      });
    },
    stop: async () => {
      client.destroy();
      worker.postMessage({ kind: "close" } satisfies ToDynalite);
      await Promise.race([nextMessage(worker), timeLimit(STOP_LIMIT_MS)]);
      await worker.terminate();
    },
  };
}

function whyNot(message: DynaliteMessage, path: string): Error {
  const mend = "Put back a copy of its whole folder, or start anew with --reset.";
  if (message.kind === "damaged")
    return refusal(`${path} is damaged: ${message.file} is not as it was left. ${mend}`);
  if (message.kind === "unusable")
    return (
      storageRefusal(new Error(message.reason), path) ??
      refusal(`${path} is damaged (${message.reason}). ${mend}`)
    );
  return refusal(
    `Another process has the data in ${path} open. Stop it, or choose another folder with --data.`,
  );
}

/** The next message about the database itself. Messages about actions, refusals and planned faults are skipped. */
function nextMessage(worker: Worker): Promise<DynaliteMessage> {
  return new Promise((resolve, reject) => {
    const hear = (message: DynaliteMessage): void => {
      if (["denied", "done", "failed_as_planned"].includes(message.kind)) return;
      worker.off("error", reject).off("message", hear);
      resolve(message);
    };
    worker.once("error", reject).on("message", hear);
  });
}

function timeLimit(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
