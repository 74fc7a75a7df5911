import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import stores from "dynalite/db/index.js";
import { operationOf } from "../access/deeds.ts";
import { accessKeyOf, denial, forbidden, refuseInJson } from "../access/guard.ts";
import type { Access } from "../access/guard.ts";
import { faultAnswer } from "../faults/fault-answers.ts";
import { SLOW_MS, takeFault } from "../faults/service-faults.ts";
import type { FaultMode, PlannedFault } from "../faults/service-faults.ts";
import type { Answer } from "../gateway/answer.ts";
import { isFromWebPage } from "../gateway/web-page.ts";
import { findDamage, openSeal } from "./seal.ts";
import type { Seal } from "./seal.ts";

// The thread of the embedded DynamoDB: its work, and its faults, stay out of the gateway's thread.

/**
 * What a database tells: where it is, why it cannot be used (another process has the folder open, a file is not as it was
 * left, or LevelDB says so), whom it refused, or that it failed a request because that was wanted.
 */
export type DynaliteMessage =
  | { kind: "listening"; port: number }
  | { kind: "locked" }
  | { kind: "damaged"; file: string }
  | { kind: "unusable"; reason: string }
  | { kind: "failed_as_planned" }
  | { kind: "denied"; message: string }
  | { kind: "closed" };

/** What it is told: who may do what, whose requests fail, or to end. */
export type ToDynalite =
  | { kind: "allow"; access: Access; tableArns: readonly string[] }
  | { kind: "fail"; callers: ReadonlySet<string>; planned: readonly PlannedFault[] }
  | { kind: "close" };

const { path, sealPath } = workerData as { path: string; sealPath: string };
if (!parentPort) throw new Error("This file runs in a worker thread.");
const port = parentPort;
const post = (message: DynaliteMessage): void => port.postMessage(message);

let closing = false;
let access: Access = new Map();
let tableArns: readonly string[] = [];
let callers: ReadonlySet<string> = new Set();
let planned: readonly PlannedFault[] = [];

/** What a function may not do, in words. Which of the tables a request is for is in its body, which is not read here. */
const denialOf = (headers: Readonly<Partial<Record<string, unknown>>>): string | undefined => {
  const caller = accessKeyOf(textOf(headers["authorization"]));
  const action = `dynamodb:${operationOf(textOf(headers["x-amz-target"]))}`;
  const denied = tableArns.flatMap(
    (resource) => forbidden(access, caller, [{ action, resource }]) ?? [],
  );
  const [first] = denied;
  return first && denied.length === tableArns.length ? denial(caller, first) : undefined;
};

/** What goes wrong with a request, because somebody planned it. */
const faultOf = (headers: Parameters<typeof denialOf>[0]): FaultMode | undefined => {
  if (!callers.has(accessKeyOf(textOf(headers["authorization"])))) return undefined;
  const mode = takeFault(planned, "dynamodb", operationOf(textOf(headers["x-amz-target"])));
  if (mode !== undefined) post({ kind: "failed_as_planned" });
  return mode;
};

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

// dynalite throws when a client hangs up in the middle of a request, as a function that timed out does, and when a request is
// under way while it closes, as one of a function that was ended just now is.
process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
  const isExpected =
    error.code === "ECONNRESET" || (closing && error.message === "Database is closed");
  if (!isExpected) throw error;
});

const unusable = await findFault();
if (unusable) post(unusable);
else serve();

function serve(): void {
  const server = dynalite({ path, createTableMs: 0 });
  // Opened with the first answer: only then dynalite surely has the store open, and no other process has.
  let seal: Seal | undefined;

  // dynalite lets every web page read it (CORS `*`); only the stack's own clients may.
  const [serveRequest] = server.listeners("request") as ((...parts: unknown[]) => void)[];
  server
    .removeAllListeners("request")
    .on("request", (request: IncomingMessage, response: ServerResponse) => {
      // What was told before this request came counts for it.
      for (let told = receiveMessageOnPort(port); told; told = receiveMessageOnPort(port))
        hear(told.message as ToDynalite);
      if (isFromWebPage(request.headers)) {
        response.writeHead(403).end();
        return;
      }
      const answer = ({ status, headers, body }: Answer): void =>
        void response.writeHead(status, headers).end(body);
      const denied = denialOf(request.headers);
      if (denied !== undefined) {
        post({ kind: "denied", message: denied });
        answer(refuseInJson(denied));
        return;
      }
      const mode = faultOf(request.headers);
      if (mode === "error" || mode === "throttle") {
        answer(faultAnswer("dynamodb", mode));
        return;
      }
      // Nobody reads it, so it is never answered.
      if (mode === "hang") return;
      onAnswer(response, (send) => {
        if (seal) seal.renew();
        else seal = openSeal(path, sealPath);
        if (mode === "lost_answer") response.destroy();
        else if (mode === "slow") setTimeout(send, SLOW_MS);
        else send();
      });
      serveRequest?.(request, response);
    });

  const hear = (message: ToDynalite): void => {
    switch (message.kind) {
      case "allow":
        ({ access, tableArns } = message);
        return;
      case "fail":
        ({ callers, planned } = message);
        return;
      case "close":
        closing = true;
        server.close(() => post({ kind: "closed" }));
        server.closeAllConnections();
    }
  };
  port.on("message", hear);

  server.listen(0, "127.0.0.1", () =>
    post({ kind: "listening", port: (server.address() as AddressInfo).port }),
  );
}

/** Calls `decide` in place of sending the answer, with what sends it. */
function onAnswer(response: ServerResponse, decide: (send: () => void) => void): void {
  const end = response.end.bind(response) as (body?: unknown) => unknown;
  response.end = (body?: unknown) => {
    decide(() => void end(body));
    return response;
  };
}

/** Why the store cannot be used; undefined where it can. */
async function findFault(): Promise<DynaliteMessage | undefined> {
  const damaged = findDamage(path, sealPath);
  if (damaged !== undefined) return { kind: "damaged", file: damaged };
  try {
    await finishCreations();
    return undefined;
  } catch (error) {
    const { code, message } = causeOf(error);
    if (code === "LEVEL_LOCKED") return { kind: "locked" };
    return { kind: "unusable", reason: message };
  }
}

/** A table's creation is two writes. A process that was killed between them left the table in CREATING for ever: the second write is made here. */
async function finishCreations(): Promise<void> {
  const store = stores.create({ path });
  await store.db.open();
  for await (const table of store.tableDb.createValueStream({})) {
    if (table.TableStatus !== "CREATING") continue;
    await new Promise<void>((resolve, reject) => {
      store.tableDb.put(table.TableName, { ...table, TableStatus: "ACTIVE" }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }
  await store.db.close();
}

/** Level says that it cannot open a database, and why in the cause. */
function causeOf(error: unknown): { code: string | undefined; message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error
    ? { code: (cause as NodeJS.ErrnoException).code, message: cause.message }
    : { code: undefined, message: String(cause) };
}
