import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { ThrottlingException } from "@aws-sdk/client-dynamodb";
import { afterAll } from "vitest";
import type { Storage } from "./service-storage.ts";

/** How one call of the storage goes wrong. */
export const faultModes = [
  /** It fails before it is done, for good. */
  "error",
  /** It is refused once as too much; the SDK repeats it. */
  "throttle",
  /** It is done, and its answer is lost for good. */
  "lost answer",
  /** It is done, its answer is lost, and the SDK repeats it. */
  "lost answer, repeated",
  /** It is never answered, however often the SDK repeats it: last, since that uses up what the SDK repeats at all. */
  "hang",
] as const;

export type FaultMode = (typeof faultModes)[number];

/** One fault that is waiting for its call. */
type Trap = {
  /** Calls of this work count. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** How many there were. */
  readonly calls: () => number;
};

export type Faults = {
  /** The nth call (from 1) of what is run in the trap goes wrong. */
  trap(mode: FaultMode, nth: number): Trap;
};

type Fault = { readonly mode: FaultMode; readonly nth: number; calls: number; spent: boolean };

/** Call it outside tests. A call that hangs is given up sooner than the client's own limit says. */
export const faultsOf = async ({ client }: Storage): Promise<Faults> => {
  const port = await startBlackHole();
  const faults = new AsyncLocalStorage<Fault>();
  const struck = new AsyncLocalStorage<Fault>();

  client.middlewareStack.add(
    (next) => async (given) => {
      const fault = faults.getStore();
      if (fault) fault.calls += 1;
      if (fault?.calls !== fault?.nth || !fault) return next(given);
      if (fault.mode === "error") throw new Error("The storage is down.");
      const answer = await struck.run(fault, () => next(given));
      if (fault.mode === "lost answer") throw new Error("The answer is lost.");
      return answer;
    },
    { step: "initialize", name: "faults" },
  );

  // Right above the wire and below the SDK's own repetition.
  client.middlewareStack.add(
    (next) => async (given) => {
      const fault = struck.getStore();
      const mode = fault?.spent === false ? fault.mode : undefined;
      if (fault) fault.spent = true;
      if (fault?.mode === "hang") {
        const request = Object.assign(given.request as object, { port });
        await client.config.requestHandler.handle(request, { requestTimeout });
      }
      if (mode === "throttle") {
        throw new ThrottlingException({ message: "Too much", $metadata: {} });
      }
      const answer = await next(given);
      if (mode === "lost answer, repeated") {
        // Unread, it would keep its connection for ever.
        (answer.response as { body: Readable }).body.resume();
        throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      }
      return answer;
    },
    { step: "deserialize", priority: "low", name: "faultsAtTheWire" },
  );

  return {
    trap(mode, nth) {
      const fault = { mode, nth, calls: 0, spent: false };
      return { run: (work) => faults.run(fault, work), calls: () => fault.calls };
    },
  };
};

/** Milliseconds, in place of a second: nobody answers there, however long one waits. */
const requestTimeout = 20;

/** A port that takes everything and answers nothing. */
const startBlackHole = async (): Promise<number> => {
  const sockets = new Set<{ destroy(): unknown }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).resume();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return (server.address() as AddressInfo).port;
};
