import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import type { Storage } from "./service-storage.ts";

/** One request whose nth write waits in front of the storage. */
type HeldRequest<T> = {
  /** Whether the write came; false if the request ended without it. */
  readonly reached: Promise<boolean>;
  /** The name of that write, after it has come. */
  readonly write: () => string;
  /** Lets the write through. */
  readonly release: () => void;
  readonly ended: Promise<T>;
};

export type Holds = {
  /** Runs the work and holds its nth write (from 1); other requests go on meanwhile. */
  hold<T>(nth: number, work: () => Promise<T>): HeldRequest<T>;
};

type Hold = {
  readonly nth: number;
  readonly reach: () => void;
  readonly released: Promise<unknown>;
  writes: number;
  write: string;
  /** The number of calls under way, without the held one. */
  running: number;
};

export const isWrite = (command: string): boolean =>
  /^(Put|Update|Delete|BatchWrite)Item|^TransactWrite/.test(command);

/** Names a write, such as "PutItem of session". */
const nameOf = (command: string, input: object) =>
  `${command.replace("Command", "")} of ${/"sk":"(\w+)/.exec(JSON.stringify(input))?.[1] ?? "something"}`;

export const holdsOf = ({ client }: Storage): Holds => {
  const holds = new AsyncLocalStorage<Hold>();
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (given) => {
        const hold = holds.getStore();
        if (!hold) return next(given);
        if (isWrite(commandName) && (hold.writes += 1) === hold.nth) {
          hold.write = nameOf(commandName, given.input);
          hold.reach();
          await hold.released;
        }
        hold.running += 1;
        try {
          return await next(given);
        } finally {
          hold.running -= 1;
        }
      },
    // The middleware stands above the SDK's time limits and retries, so a held call does not use them up.
    { step: "initialize", name: "hold" },
  );
  return {
    hold(nth, work) {
      const reached = Promise.withResolvers<boolean>();
      const released = Promise.withResolvers<undefined>();
      const hold: Hold = {
        nth,
        reach: () => reached.resolve(true),
        released: released.promise,
        writes: 0,
        write: "",
        running: 0,
      };
      const ended = holds.run(hold, work);
      const over = () => reached.resolve(false);
      ended.then(over, over);
      return {
        // The request finishes its other calls before any other request begins, so that every run is the same.
        reached: reached.promise.then(async (came) => {
          for (let quiet = 0; quiet < 3; quiet += 1) {
            await setImmediate();
            if (hold.running > 0) quiet = 0;
          }
          return came;
        }),
        write: () => hold.write,
        release: () => released.resolve(undefined),
        ended,
      };
    },
  };
};
