import type { Languages } from "../../lib/settings/languages.ts";
import { fixedKeys, type KeysOf } from "./service-routes.ts";

/** What one process of the functions knows of secrets, and of languages: all of them if not given. */
export type Instance = {
  readonly keysOf: KeysOf;
  readonly webhookSecrets: () => Promise<readonly string[]>;
  readonly languages?: Languages;
};

export const webhookSecret = "a-secret-of-the-webhook";

/** The one that tests do with which are about something else. */
export const oneInstance: Instance = {
  keysOf: fixedKeys,
  webhookSecrets: () => Promise.resolve([webhookSecret]),
};

/** Each of them in turn. */
export const inTurns = <T>(all: readonly T[]): (() => T) => {
  let turn = -1;
  return () => {
    turn = (turn + 1) % all.length;
    const next = all[turn];
    if (next === undefined) throw new Error("There is nobody.");
    return next;
  };
};
