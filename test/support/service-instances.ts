import type { Languages } from "../../lib/settings/languages.ts";
import { fixedKeys, type KeysOf } from "./service-routes.ts";

/** The secrets and languages that one process of the functions knows. By default it knows all languages. */
export type Instance = {
  readonly keysOf: KeysOf;
  readonly webhookSecrets: () => Promise<readonly string[]>;
  readonly languages?: Languages;
};

export const webhookSecret = "a-secret-of-the-webhook";

/** The instance for tests that are not about instances. */
export const oneInstance: Instance = {
  keysOf: fixedKeys,
  webhookSecrets: () => Promise.resolve([webhookSecret]),
};

/** Returns a function that gives each of them in turn. */
export const inTurns = <T>(all: readonly T[]): (() => T) => {
  let turn = -1;
  return () => {
    turn = (turn + 1) % all.length;
    const next = all[turn];
    if (next === undefined) throw new Error("There is nobody.");
    return next;
  };
};
