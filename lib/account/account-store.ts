import type { Account } from "./account.ts";
import type { AccountId } from "./ids.ts";

/**
 * The random name of one saved state, followed by the names of a few states before it. Only the functions below read
 * its form.
 */
export type Version = string;

/** A version holds this many names. After that many later saves, `isOrFollows` no longer recognises a save. */
const remembered = 5;

/** The version of a save: its own name, which is never used again, and then the names of the saves before it. */
export const versionAfter = (name: Version, seen: Version | undefined): Version =>
  [name, ...(seen?.split(".") ?? [])].slice(0, remembered).join(".");

/** Whether the save of this name made this state, or one of the few states before it. */
export const isOrFollows = (version: Version, name: Version): boolean =>
  version.split(".").includes(name);

export type Versioned<T> = { readonly value: T; readonly version: Version };

/**
 * Stores accounts. `save` succeeds only if nobody saved since `load`: the store, not the caller, settles races.
 */
export type AccountStore = {
  /** Reads consistently. */
  load(id: AccountId): Promise<Versioned<Account> | undefined>;
  /** @param seen the version that was loaded, or undefined to create. */
  save(account: Account, seen: Version | undefined, next: Version): Promise<"saved" | "conflict">;
};
