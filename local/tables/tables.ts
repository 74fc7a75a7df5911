import { Worker } from "node:worker_threads";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { refusal } from "../data/refusal.ts";
import { LOCAL_CREDENTIALS } from "../gateway/signature.ts";
import { REGION } from "../template/names.ts";
import type { Access, Witness } from "../access/guard.ts";
import type { TableOfDeeds } from "../access/table-deeds.ts";
import type { DynaliteMessage, ToDynalite } from "./dynalite-worker.ts";

export type Tables = {
  endpoint: string;
  client: DynamoDBClient;
  /** From now on functions may do what their roles allow to these tables. The witness is told beside what is done. */
  allow: (rules: {
    access: Access;
    tables: readonly TableOfDeeds[];
    report: (denial: string) => void;
    witness: Witness;
  }) => void;
  /** Closes the database; what was written is there next time. */
  stop: () => Promise<void>;
};

const STOP_LIMIT_MS = 5000;

/**
 * Starts the embedded DynamoDB on a loopback port, with its data under `path`.
 * Refuses a folder that another process has open: LevelDB's own lock says so, whatever else is on disk.
 */
export async function startTables(path: string): Promise<Tables> {
  const worker = new Worker(new URL("./dynalite-worker.ts", import.meta.url), {
    workerData: { path },
    execArgv: [],
  });
  const first = await nextMessage(worker);
  if (first.kind !== "listening") {
    await worker.terminate();
    throw refusal(
      `Another process has the data in ${path} open. Stop it, or choose another folder with --data.`,
    );
  }
  // Without its store the stack can do nothing right: the process ends, and says why.
  worker.on("error", (error) => {
    throw error;
  });
  const endpoint = `http://127.0.0.1:${first.port}`;
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  return {
    endpoint,
    client,
    allow: ({ access, tables, report, witness }) => {
      worker.on("message", (message: DynaliteMessage) => {
        if (message.kind === "denied") report(message.message);
        if (message.kind === "done") void witness(message.who, message.deed);
      });
      worker.postMessage({ kind: "allow", access, tables } satisfies ToDynalite);
    },
    stop: async () => {
      client.destroy();
      worker.postMessage({ kind: "close" } satisfies ToDynalite);
      await Promise.race([nextMessage(worker), timeLimit(STOP_LIMIT_MS)]);
      await worker.terminate();
    },
  };
}

/** The next word about the database itself; who did what, and whom it refused, may be told in between. */
function nextMessage(worker: Worker): Promise<DynaliteMessage> {
  return new Promise((resolve, reject) => {
    const hear = (message: DynaliteMessage): void => {
      if (message.kind === "denied" || message.kind === "done") return;
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
