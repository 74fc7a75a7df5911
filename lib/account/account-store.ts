import type { Account } from "./account.ts";
import type { AccountId } from "./ids.ts";

/** A random name of one saved state. Never reused, so that a save can be recognised as one's own afterwards. */
export type Version = string;

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
