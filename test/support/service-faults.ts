import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type AddressInfo } from "node:net";
import { DynamoDBClient, ThrottlingException } from "@aws-sdk/client-dynamodb";
import { afterAll } from "vitest";
import { clientSettings } from "../../lib/runtime/client-settings.ts";
import { settingsAt } from "./items-table.ts";
import type { Storage } from "./service-storage.ts";

/** The ways in which one call of the storage can fail. */
export const faultModes = [
  /** The call fails for good before the storage carries it out. */
  "error",
  /** The storage throttles the call once; the SDK repeats it. */
  "throttle",
  /** The storage carries out the call, and its answer is lost for good. */
  "lost answer",
  /** The storage carries out the call, its answer is lost, and the SDK repeats the call. */
  "lost answer, repeated",
  /**
   * The storage never answers the call, even if the SDK repeats it. This mode comes last, because it uses up all of the
   * client's retries.
   */
  "hang",
] as const;

export type FaultMode = (typeof faultModes)[number];

/** One fault that waits for its call. */
type Trap = {
  /** Runs the work; the trap counts its calls. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The number of calls so far. */
  readonly calls: () => number;
};

export type Faults = {
  /** Makes a trap: the nth call (from 1) of the work that runs in it fails. */
  trap(mode: FaultMode, nth: number): Trap;
};

type Fault = { readonly mode: FaultMode; readonly nth: number; calls: number; spent: boolean };

/** Call this function outside tests. A call that hangs times out sooner than the client's own limit says. */
export const faultsOf = async ({ client }: Storage): Promise<Faults> => {
  const port = await startBlackHole();
  // Only a socket can hang.
  const socket = new DynamoDBClient({ ...clientSettings, ...settingsAt("http://127.0.0.1") });
  await retryAtOnce(client);
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

  // The middleware stands directly above the wire, below the SDK's own retries.
  client.middlewareStack.add(
    (next) => async (given) => {
      const fault = struck.getStore();
      const mode = fault?.spent === false ? fault.mode : undefined;
      if (fault) fault.spent = true;
      if (fault?.mode === "hang") {
        const request = Object.assign(given.request as object, { port });
        await socket.config.requestHandler.handle(request, { requestTimeout });
      }
      if (mode === "throttle") {
        throw new ThrottlingException({ message: "Too much", $metadata: {} });
      }
      const answer = await next(given);
      if (mode === "lost answer, repeated") {
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

/**
 * Lets the client retry as often as always, without its pauses: nothing here depends on time. The pauses stand in a part
 * of the client that is not documented; if that part is gone, this throws.
 */
const retryAtOnce = async ({ config }: DynamoDBClient): Promise<void> => {
  const strategy = (await config.retryStrategy()) as object as { retryBackoffStrategy: object };
  Object.assign(strategy.retryBackoffStrategy, { computeNextBackoffDelay: () => 0 });
};

/** Milliseconds, in place of a second. The black hole never answers, so a longer wait is useless. */
const requestTimeout = 20;

/** Opens a port that accepts everything and answers nothing. */
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
