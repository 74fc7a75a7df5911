import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import stores from "dynalite/db/index.js";
import { operationOf } from "../access/actions.ts";
import { accessKeyOf, denial, forbidden, refuseInJson } from "../access/guard.ts";
import type { Access } from "../access/guard.ts";
import type { Action } from "../access/policy.ts";
import { tableActions } from "../access/table-actions.ts";
import type { KeyedTable } from "../access/table-actions.ts";
import { faultAnswer } from "../faults/fault-answers.ts";
import { SLOW_MS, takeFault } from "../faults/service-faults.ts";
import type { FaultMode, PlannedFault } from "../faults/service-faults.ts";
import type { Answer } from "../http/answer.ts";
import { isFromWebPage } from "../http/web-page.ts";
import { findDamage, openSeal } from "./seal.ts";
import type { Seal } from "./seal.ts";

// This thread runs the embedded DynamoDB, so that its work and its faults stay out of the gateway's thread.

/**
 * A message from the database's thread. It says where the database listens, why it cannot be used (another process has
 * the folder open, a file is not as the last run left it, or LevelDB says so), that a caller does an action, that a
 * request was refused, that a planned fault has happened, or that the database is closed.
 */
export type DynaliteMessage =
  | { kind: "listening"; port: number }
  | { kind: "locked" }
  | { kind: "damaged"; file: string }
  | { kind: "unusable"; reason: string }
  | { kind: "done"; who: string; action: Action }
  | { kind: "failed_as_planned" }
  | { kind: "denied"; message: string }
  | { kind: "closed" };

/** A message to the database's thread: which roles and tables apply, whose requests fail, or that it must end. */
export type ToDynalite =
  | { kind: "allow"; access: Access; tables: readonly KeyedTable[] }
  | { kind: "fail"; callers: ReadonlySet<string>; planned: readonly PlannedFault[] }
  | { kind: "close" };

const { path, sealPath } = workerData as { path: string; sealPath: string };
if (!parentPort) throw new Error("This file runs in a worker thread.");
const port = parentPort;
const post = (message: DynaliteMessage): void => port.postMessage(message);

let closing = false;
let access: Access = new Map();
let actionsOf = tableActions([]);
let callers: ReadonlySet<string> = new Set();
let planned: readonly PlannedFault[] = [];

/** The refusal of an action that the role does not allow. If all are allowed, posts them and returns undefined. */
const denialOf = (request: IncomingMessage, body: Buffer): string | undefined => {
  const who = accessKeyOf(request.headers.authorization);
  const target = request.headers["x-amz-target"];
  const actions = actionsOf({ headers: { "x-amz-target": String(target ?? "") }, body });
  const denied = forbidden(access, who, actions);
  if (denied) return denial(who, denied);
  for (const action of actions) post({ kind: "done", who, action });
  return undefined;
};

/** The fault that is planned for this request; undefined if there is none. */
const faultOf = ({ headers }: IncomingMessage): FaultMode | undefined => {
  if (!callers.has(accessKeyOf(headers.authorization))) return undefined;
  const operation = operationOf(String(headers["x-amz-target"] ?? ""));
  const mode = takeFault(planned, "dynamodb", operation);
  if (mode !== undefined) post({ kind: "failed_as_planned" });
  return mode;
};

// dynalite throws when a client hangs up in the middle of a request, as a function that timed out does. It also throws
// when a request is under way while it closes; such a request comes from a function that was ended just now.
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
  // Opened with the first answer: only then it is certain that dynalite, and no other process, has the store open.
  let seal: Seal | undefined;

  // dynalite lets every web page read its answers (CORS `*`). Here only the stack's own clients may read them.
  const [serveRequest] = server.listeners("request") as ((...parts: unknown[]) => void)[];
  const answerTo = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const answer = ({ status, headers, body: text }: Answer): void =>
      void response.writeHead(status, headers).end(text);
    const denied = denialOf(request, body);
    if (denied !== undefined) {
      post({ kind: "denied", message: denied });
      answer(refuseInJson(denied));
      return;
    }
    const mode = faultOf(request);
    if (mode === "error" || mode === "throttle") {
      answer(faultAnswer("dynamodb", mode));
      return;
    }
    // The request is not carried out, and never answered.
    if (mode === "hang") return;
    onAnswer(response, (send) => {
      if (seal) seal.renew();
      else seal = openSeal(path, sealPath);
      if (mode === "lost_answer") response.destroy();
      else if (mode === "slow") setTimeout(send, SLOW_MS);
      else send();
    });
    serveRequest?.(request, response);
    // Repeats the body, which was read already: dynalite listens only from now on.
    request.emit("data", body);
    request.emit("end");
  };
  server
    .removeAllListeners("request")
    .on("request", (request: IncomingMessage, response: ServerResponse) => {
      // The messages that came before this request apply to it.
      for (let told = receiveMessageOnPort(port); told; told = receiveMessageOnPort(port))
        hear(told.message as ToDynalite);
      if (isFromWebPage(request.headers)) {
        response.writeHead(403).end();
        return;
      }
      void buffer(request).then(
        (body) => answerTo(request, response, body),
        // The caller hung up in the middle of the request, as a function that timed out does.
        () => response.destroy(),
      );
    });

  const hear = (message: ToDynalite): void => {
    switch (message.kind) {
      case "allow":
        access = message.access;
        actionsOf = tableActions(message.tables);
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

/** Calls `decide` instead of sending the answer, and gives it the function that sends the answer. */
function onAnswer(response: ServerResponse, decide: (send: () => void) => void): void {
  const end = response.end.bind(response) as (body?: unknown) => unknown;
  response.end = (body?: unknown) => {
    decide(() => void end(body));
    return response;
  };
}

/** Finds out why the store cannot be used; undefined if it can. */
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

/**
 * dynalite creates a table with two writes. A process that was killed between them left the table in CREATING for ever,
 * so this function makes the second write.
 */
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

/** Level says that it cannot open a database, and gives the reason in the error's cause. */
function causeOf(error: unknown): { code: string | undefined; message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error
    ? { code: (cause as NodeJS.ErrnoException).code, message: cause.message }
    : { code: undefined, message: String(cause) };
}
