import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import stores from "dynalite/db/index.js";
import { accessKeyOf, denial, forbidden, refuseInJson } from "../access/guard.ts";
import type { Access } from "../access/guard.ts";
import type { Deed } from "../access/policy.ts";
import { tableDeeds } from "../access/table-deeds.ts";
import type { TableOfDeeds } from "../access/table-deeds.ts";
import { isFromWebPage } from "../gateway/web-page.ts";

// The thread of the embedded DynamoDB: its work, and its faults, stay out of the gateway's thread.

/** What a running database tells: where it is, that another process has the folder open, who does what, or whom it refused. */
export type DynaliteMessage =
  | { kind: "listening"; port: number }
  | { kind: "locked" }
  | { kind: "done"; who: string; deed: Deed }
  | { kind: "denied"; message: string }
  | { kind: "closed" };

/** What it is told: who may do what, or to end. */
export type ToDynalite =
  { kind: "allow"; access: Access; tables: readonly TableOfDeeds[] } | { kind: "close" };

const { path } = workerData as { path: string };
const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const post = (message: DynaliteMessage): void => port.postMessage(message);

let closing = false;
let access: Access = new Map();
let deedsOf = tableDeeds([]);

/** What a function may not do, in words; undefined once it was told what it does. */
const denialOf = (request: IncomingMessage, body: Buffer): string | undefined => {
  const who = accessKeyOf(request.headers.authorization);
  const target = request.headers["x-amz-target"];
  const deeds = deedsOf({ headers: { "x-amz-target": String(target ?? "") }, body });
  const denied = forbidden(access, who, deeds);
  if (denied) return denial(who, denied);
  for (const deed of deeds) post({ kind: "done", who, deed });
  return undefined;
};

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
    if (isFromWebPage(request.headers)) {
      response.writeHead(403).end();
      return;
    }
    void buffer(request).then(
      (body) => {
        const denied = denialOf(request, body);
        if (denied === undefined) {
          serveRequest?.(request, response);
          // What was read already; dynalite listens from now on.
          request.emit("data", body);
          request.emit("end");
          return;
        }
        post({ kind: "denied", message: denied });
        const refused = refuseInJson(denied);
        response.writeHead(refused.status, refused.headers).end(refused.body);
      },
      // The caller hung up in the middle of the request, as a function that timed out does.
      () => response.destroy(),
    );
  });

  port?.on("message", (message: ToDynalite) => {
    if (message.kind === "allow") {
      access = message.access;
      deedsOf = tableDeeds(message.tables);
      return;
    }
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
