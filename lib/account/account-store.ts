import type { Account } from "./account.ts";
import type { AccountId } from "./ids.ts";

/** The random name of one saved state, and behind it those of a few states before: opaque but for the functions below. */
export type Version = string;

/** So many saves may follow one whose answer was lost before it is no longer known for what it is. */
const remembered = 5;

/** The version of a save: its own name, never reused, before those that it follows. */
export const versionAfter = (name: Version, seen: Version | undefined): Version =>
  [name, ...(seen?.split(".") ?? [])].slice(0, remembered).join(".");

/** Whether a state is, or recently followed on, the save of this name. */
export const isOrFollows = (version: Version, name: Version): boolean =>
  version.split(".").includes(name);

export type Versioned<T> = { readonly value: T; readonly version: Version };

/**
 * Where accounts live. `save` succeeds only if nobody saved since `load`: the store, not the caller, settles races.
 */
export type AccountStore = {
  /** Reads consistently. */
  load(id: AccountId): Promise<Versioned<Account> | undefined>;
  /** @param seen the version that was loaded, or undefined to create. */
  save(account: Account, seen: Version | undefined, next: Version): Promise<"saved" | "conflict">;
};
