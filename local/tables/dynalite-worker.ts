import type { AddressInfo } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import stores from "dynalite/db/index.js";
import { isFromWebPage } from "../gateway/web-page.ts";

// The thread of the embedded DynamoDB: its work, and its faults, stay out of the gateway's thread.

/** What a running database tells: where it is, or that another process has the folder open. */
export type DynaliteMessage =
  { kind: "listening"; port: number } | { kind: "locked" } | { kind: "closed" };

const { path } = workerData as { path: string };
const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const post = (message: DynaliteMessage): void => port.postMessage(message);

let closing = false;

// dynalite throws when a client hangs up in the middle of a request, as a function that timed out does, and when a request is
// under way while it closes, as one of a function that was ended just now is.
process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
  const isExpected =
    error.code === "ECONNRESET" || (closing && error.message === "Database is closed");
  if (!isExpected) throw error;
});

if (await finishCreations()) serve();
else post({ kind: "locked" });

function serve(): void {
  const server = dynalite({ path, createTableMs: 0 });

  // dynalite lets every web page read it (CORS `*`); only the stack's own clients may.
  const [serveRequest] = server.listeners("request") as ((...parts: unknown[]) => void)[];
  server.removeAllListeners("request").on("request", (request, response) => {
    if (isFromWebPage(request.headers)) response.writeHead(403).end();
    else serveRequest?.(request, response);
  });

  port?.on("message", () => {
    closing = true;
    server.close(() => post({ kind: "closed" }));
    server.closeAllConnections();
  });

  server.listen(0, "127.0.0.1", () =>
    post({ kind: "listening", port: (server.address() as AddressInfo).port }),
  );
}

/**
 * A table's creation is two writes. A process that was killed between them left the table in CREATING for ever: the
 * second write is made here. Returns false if another process has the database open.
 */
async function finishCreations(): Promise<boolean> {
  const store = stores.create({ path });
  try {
    await store.db.open();
  } catch (error) {
    if (isLocked(error)) return false;
    throw error;
  }
  for await (const table of store.tableDb.createValueStream({})) {
    if (table.TableStatus !== "CREATING") continue;
    await new Promise<void>((resolve, reject) => {
      store.tableDb.put(table.TableName, { ...table, TableStatus: "ACTIVE" }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }
  await store.db.close();
  return true;
}

function isLocked(error: unknown): boolean {
  const cause =
    error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return cause?.code === "LEVEL_LOCKED";
}
