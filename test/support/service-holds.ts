import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import type { Storage } from "./service-storage.ts";

/** One request whose nth write waits in front of the storage. */
type HeldRequest<T> = {
  /** Whether the write came; false: the request ended without it. */
  readonly reached: Promise<boolean>;
  /** Which write that was, once it has come. */
  readonly write: () => string;
  /** Lets it through. */
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
  /** Calls that are under way, the held one not among them. */
  running: number;
};

export const isWrite = (command: string): boolean =>
  /^(Put|Update|Delete|BatchWrite)Item|^TransactWrite/.test(command);

/** "PutItem of session". */
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
    // Above the SDK's own limits of time and repeats, which a held call does not use up.
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
        // What it does beside the held write is done before anybody else begins, so that every run is the same.
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
