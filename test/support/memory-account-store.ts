import type { Account } from "../../lib/account/account.ts";
import type { AccountStore, Version } from "../../lib/account/account-store.ts";
import type { Decider } from "../../lib/account/decide-account.ts";
import type { AccountId } from "../../lib/account/ids.ts";

/**
 * Accounts in memory. The store keeps them as text, so that it shares no object with its callers. Each call waits one
 * turn, so that other calls can come between.
 */
export const memoryAccountStore = (...accounts: readonly Account[]): AccountStore => {
  const items = new Map<AccountId, { readonly text: string; readonly version: Version }>(
    accounts.map((account) => [account.id, { text: JSON.stringify(account), version: "first" }]),
  );
  return {
    async load(id) {
      await Promise.resolve();
      const item = items.get(id);
      return item && { value: JSON.parse(item.text) as Account, version: item.version };
    },
    async save(account, seen, next) {
      await Promise.resolve();
      if (items.get(account.id)?.version !== seen) return "conflict";
      items.set(account.id, { text: JSON.stringify(account), version: next });
      return "saved";
    },
  };
};

let versions = 0;

/** Decides on that store and does not wait between retries. It numbers the versions and gives none twice. */
export const deciderOn = (store: AccountStore): Decider & { readonly waits: number[] } => {
  const waits: number[] = [];
  return {
    accounts: store,
    newVersion: () => `version-${(versions += 1)}`,
    backOff: (attempt) => {
      waits.push(attempt);
      return Promise.resolve();
    },
    waits,
  };
};
