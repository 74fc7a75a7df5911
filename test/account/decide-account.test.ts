import { expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import { versionAfter, type AccountStore } from "../../lib/account/account-store.ts";
import { AccountBusy, decideAccount } from "../../lib/account/decide-account.ts";
import { anAccount } from "../support/account.ts";
import { accountId } from "../support/ids.ts";
import { deciderOn, memoryAccountStore } from "../support/memory-account-store.ts";

const ann = anAccount();

/** Raises the epoch; the outcome tells from which one. */
const raise = (account: Account) => ({
  account: { ...account, epoch: account.epoch + 1 },
  outcome: account.epoch,
});

/** The store, with somebody else who saves first, before each of the first `times` saves. */
const contended = (kept: AccountStore, times: number): AccountStore & { saves: number } => {
  const store = {
    ...kept,
    saves: 0,
    save: async (...[account, seen, next]: Parameters<AccountStore["save"]>) => {
      store.saves += 1;
      const other = store.saves <= times ? await kept.load(account.id) : undefined;
      if (other) {
        const theirs = { ...other.value, epoch: other.value.epoch + 10 };
        await kept.save(theirs, other.version, `theirs-${store.saves}`);
      }
      return kept.save(account, seen, next);
    },
  };
  return store;
};

test("a decision is made on what is stored, and what it made is stored", async () => {
  const store = memoryAccountStore(ann);
  const decided = await decideAccount(deciderOn(store), ann.id, raise);
  expect(decided).toEqual({ outcome: 1, before: ann, account: { ...ann, epoch: 2 } });
  expect((await store.load(ann.id))?.value.epoch).toBe(2);
});

test("nothing is decided on an account that is not there", async () => {
  const decider = deciderOn(memoryAccountStore());
  const decide = () => {
    throw new Error("There is nothing to decide on.");
  };
  await expect(decideAccount(decider, accountId("nobody"), decide)).resolves.toBeUndefined();
});

test("a decision that changes nothing saves nothing", async () => {
  const store = contended(memoryAccountStore(ann), 0);
  const decided = await decideAccount(deciderOn(store), ann.id, (account) => ({
    account,
    outcome: "seen",
  }));
  expect(decided?.outcome).toBe("seen");
  expect(store.saves).toBe(0);
  expect((await store.load(ann.id))?.version).toBe("first");
});

test("an account that has been read already is not read again", async () => {
  const kept = memoryAccountStore(ann);
  const loaded = await kept.load(ann.id);
  const store: AccountStore = {
    ...kept,
    load: () => Promise.reject(new Error("It has been read.")),
  };
  const decided = await decideAccount(deciderOn(store), ann.id, raise, loaded);
  expect(decided?.account.epoch).toBe(2);
});

test("after a lost race the decision is made again, on what the winner saved", async () => {
  const store = contended(memoryAccountStore(ann), 2);
  const decider = deciderOn(store);
  const decided = await decideAccount(decider, ann.id, raise);
  expect(decided).toMatchObject({ outcome: 21, before: { epoch: 21 }, account: { epoch: 22 } });
  expect((await store.load(ann.id))?.value.epoch).toBe(22);
  expect(decider.waits).toEqual([2, 3]);
});

test("an account that was read before and changed since is decided on as it is now", async () => {
  const store = memoryAccountStore(ann);
  const stale = await store.load(ann.id);
  await decideAccount(deciderOn(store), ann.id, raise);
  const decided = await decideAccount(deciderOn(store), ann.id, raise, stale);
  expect(decided?.outcome).toBe(2);
});

test("a decision that turns out to change nothing after a lost race leaves the winner's", async () => {
  const store = contended(memoryAccountStore(ann), 1);
  const decided = await decideAccount(deciderOn(store), ann.id, (account) =>
    account.epoch === 1 ? raise(account) : { account, outcome: -1 },
  );
  expect(decided?.outcome).toBe(-1);
  expect(await store.load(ann.id)).toMatchObject({ value: { epoch: 11 }, version: "theirs-1" });
});

test("an account that vanishes during a lost race is not there", async () => {
  const kept = memoryAccountStore(ann);
  let loads = 0;
  const store: AccountStore = {
    load: (id) => ((loads += 1) === 1 ? kept.load(id) : Promise.resolve(undefined)),
    save: () => Promise.resolve("conflict"),
  };
  await expect(decideAccount(deciderOn(store), ann.id, raise)).resolves.toBeUndefined();
});

test("the sixth try may still succeed", async () => {
  const store = contended(memoryAccountStore(ann), 5);
  const decided = await decideAccount(deciderOn(store), ann.id, raise);
  expect(decided?.outcome).toBe(51);
  expect(store.saves).toBe(6);
});

test("after six lost races the account is busy, and no outcome leaves", async () => {
  const store = contended(memoryAccountStore(ann), 100);
  const decider = deciderOn(store);
  await expect(decideAccount(decider, ann.id, raise)).rejects.toThrow(AccountBusy);
  expect(store.saves).toBe(6);
  expect(decider.waits).toEqual([2, 3, 4, 5, 6]);
  // The others' saves alone: nothing of ours was stored.
  expect((await store.load(ann.id))?.value.epoch).toBe(61);
});

test.each(["load", "save"] as const)("a fault of %s is a fault, not an outcome", async (port) => {
  const fault = new Error("The table does not answer.");
  const store: AccountStore = {
    ...memoryAccountStore(ann),
    [port]: () => Promise.reject(fault),
  };
  await expect(decideAccount(deciderOn(store), ann.id, raise)).rejects.toThrow(fault);
});

test("two decisions are never one: each save has a version of its own", async () => {
  const store = memoryAccountStore(ann);
  const decider = deciderOn(store);
  const decided = await Promise.all(
    Array.from({ length: 5 }, () => decideAccount(decider, ann.id, raise)),
  );
  expect(decided.map((one) => one?.outcome).sort()).toEqual([1, 2, 3, 4, 5]);
  expect((await store.load(ann.id))?.value.epoch).toBe(6);
});

test("a save whose answer was lost stands, also after others followed it", async () => {
  const kept = memoryAccountStore(ann);
  let lost = false;
  const store: AccountStore = {
    ...kept,
    save: async (account, seen, next) => {
      const answer = await kept.save(account, seen, next);
      if (lost) return answer;
      lost = true;
      // The answer is lost, three others save, and the client sends the save again.
      for (let n = 0; n < 3; n += 1) {
        const other = await kept.load(ann.id);
        if (!other) throw new Error("There is an account.");
        await kept.save(other.value, other.version, versionAfter(`theirs-${n}`, other.version));
      }
      return kept.save(account, seen, next);
    },
  };
  const decided = await decideAccount(deciderOn(store), ann.id, raise);
  expect(decided?.outcome).toBe(1);
  expect((await kept.load(ann.id))?.value.epoch).toBe(2);
});
