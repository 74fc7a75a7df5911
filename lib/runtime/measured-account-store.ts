import type { AccountStore } from "../account/account-store.ts";
import type { Log } from "../log/log.ts";
import { failure } from "../log/measure.ts";

/**
 * The store, which counts its faults. A save that lost a race is none. Reads are counted only where they fail: every
 * decision that changes something ends in a save.
 */
export const measuredAccountStore = (
  store: AccountStore,
  log: Pick<Log, "measure">,
): AccountStore => {
  const count = (failed: boolean) => log.measure(failure("StoreFault", failed, {}));
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (fault) {
      count(true);
      throw fault;
    }
  };
  return {
    load: (id) => counted(store.load(id)),
    async save(account, seen, next) {
      const saved = await counted(store.save(account, seen, next));
      count(false);
      return saved;
    },
  };
};
