import type { AccountIndex } from "../../lib/account/account-index.ts";
import type { AccountId } from "../../lib/account/ids.ts";

/** An account index in memory; see `AccountIndex`. */
export const memoryAccountIndex = (): AccountIndex & { readonly keys: () => string[] } => {
  const entries = new Map<string, AccountId>();
  return {
    keys: () => [...entries.keys()],
    async put(kind, key, account) {
      await Promise.resolve();
      entries.set(`${kind} ${key}`, account);
    },
    async find(kind, key) {
      await Promise.resolve();
      return entries.get(`${kind} ${key}`);
    },
  };
};
