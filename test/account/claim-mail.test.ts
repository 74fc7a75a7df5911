import { expect, test } from "vitest";
import { claimMail } from "../../lib/account/claim-mail.ts";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import type { MailIndex } from "../../lib/account/mail-index.ts";
import { anAccount } from "../support/account.ts";
import { onEveryTable } from "../support/every-table.ts";
import { accountId } from "../support/ids.ts";
import { memoryAccountStore } from "../support/memory-account-store.ts";
import { memoryMailIndex } from "../support/memory-mail-index.ts";
import { aClaim, claimingOf } from "../support/mail-claim.ts";
import { day, noon, second } from "../support/time.ts";

const [ann, bob] = [accountId("ann"), accountId("bob")];
const key = "key of ann@example.com";
const mail = { keys: [key], email: "ann@example.com" };

const claimers = (mails: MailIndex = memoryMailIndex(), accounts = memoryAccountStore()) => ({
  mails,
  accounts,
  claim: (id: AccountId, now = noon) => claimMail(claimingOf(mails, accounts), mail, id, now),
});

test("a free mail is had by who claims it, again and again", async () => {
  const { claim, mails } = claimers();
  await expect(claim(ann)).resolves.toBe(true);
  await expect(claim(ann, noon + second)).resolves.toBe(true);
  await expect(mails.find(key)).resolves.toMatchObject({ accountId: ann });
});

test("a mail that an account has is never taken over", async () => {
  const { claim } = claimers(memoryMailIndex(), memoryAccountStore(anAccount()));
  await claim(ann);
  await expect(claim(bob)).resolves.toBe(false);
  await expect(claim(bob, noon + 365 * day)).resolves.toBe(false);
});

test("a claim that was never saved may be on its way for a minute, then it is taken over", async () => {
  const { claim, mails } = claimers();
  await claim(ann);
  await expect(claim(bob, noon + 60 * second - 1)).resolves.toBe(false);
  await expect(claim(bob, noon + 60 * second)).resolves.toBe(true);
  await expect(mails.find(key)).resolves.toMatchObject({ accountId: bob });
});

test("a mail that its account does not have any more is free at once", async () => {
  const elsewhere = memoryAccountStore(anAccount({ email: "elsewhere@example.com" }));
  const { claim } = claimers(memoryMailIndex(), elsewhere);
  await claim(ann);
  await expect(claim(bob, noon)).resolves.toBe(true);
});

test("whoever is on the way to save a mail that is taken over meanwhile fails to save it", async () => {
  const accounts = memoryAccountStore(anAccount({ email: "elsewhere@example.com" }));
  const { claim } = claimers(memoryMailIndex(), accounts);
  const seen = await accounts.load(ann);
  if (!seen) throw new Error("There is an account.");
  await claim(ann);
  await claim(bob);
  const moved = { ...seen.value, email: mail.email };
  await expect(accounts.save(moved, seen.version, "late")).resolves.toBe("conflict");
});

test("a mail that is saved while it is taken over stays with who saved it", async () => {
  const store = memoryAccountStore(anAccount({ email: "elsewhere@example.com" }));
  const accounts: typeof store = {
    ...store,
    // While bob looks whether ann has the mail, her change of it arrives.
    load: async (id) => {
      const loaded = await store.load(id);
      if (loaded) {
        await store.save({ ...loaded.value, email: mail.email }, loaded.version, "changed");
      }
      return loaded;
    },
  };
  const { claim, mails } = claimers(memoryMailIndex(), accounts);
  await claim(ann);
  await expect(claim(bob)).resolves.toBe(false);
  await expect(mails.find(key)).resolves.toMatchObject({ accountId: ann });
});

test("who claims again in time is not taken over by who looked before", async () => {
  const mails = memoryMailIndex();
  const store = memoryAccountStore();
  const late = noon + 60 * second;
  const accounts: typeof store = {
    ...store,
    // While bob looks whether ann has the mail, she comes back for it.
    load: async (id) => {
      const loaded = await store.load(id);
      await mails.claim(key, aClaim(ann, late));
      return loaded;
    },
  };
  await mails.claim(key, aClaim(ann, noon));
  await expect(claimMail(claimingOf(mails, accounts), mail, bob, late)).resolves.toBe(false);
  await expect(mails.find(key)).resolves.toMatchObject({ accountId: ann });
});

test("a mail that is given up while it is looked at is claimed", async () => {
  const mails = memoryMailIndex();
  await mails.claim(key, aClaim(ann, noon));
  const leaving: MailIndex = {
    ...mails,
    find: async (key) => {
      await mails.release(key, aClaim(ann, noon));
      return mails.find(key);
    },
  };
  await expect(claimers(leaving).claim(bob)).resolves.toBe(true);
});

onEveryTable((table) => {
  test("of many that take over an abandoned mail at once, one gets it", async () => {
    const mails = dynamoMailIndex(tableOf(table().client(), table().tableName));
    const { claim } = claimers(mails);
    await claim(ann);
    const accounts = Array.from({ length: 12 }, (_, n) => accountId(`account-${n}`));
    const claimed = await Promise.all(accounts.map((one) => claim(one, noon + 60 * second)));
    expect(claimed.filter(Boolean)).toHaveLength(1);
    expect((await mails.find(key))?.accountId).toBe(accounts[claimed.indexOf(true)]);
  });
});
