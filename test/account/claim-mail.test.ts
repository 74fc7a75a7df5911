import { expect, test } from "vitest";
import { claimMail } from "../../lib/account/claim-mail.ts";
import { dynamoMailIndex } from "../../lib/account/dynamo-mail-index.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import type { MailIndex } from "../../lib/account/mail-index.ts";
import { anAccount } from "../support/account.ts";
import { onEveryTable } from "../support/every-table.ts";
import { accountId } from "../support/ids.ts";
import { memoryAccountStore } from "../support/memory-account-store.ts";
import { memoryMailIndex } from "../support/memory-mail-index.ts";
import { day, noon, second } from "../support/time.ts";

const [ann, bob] = [accountId("ann"), accountId("bob")];
const key = "key of ann@example.com";
const mail = { keys: [key], email: "ann@example.com" };

const claimers = (mails: MailIndex = memoryMailIndex(), accounts = memoryAccountStore()) => ({
  mails,
  accounts,
  claim: (id: AccountId, now = noon) => claimMail({ mails, accounts }, mail, id, now),
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

test("a mail that its account has changed since is free after a minute", async () => {
  const elsewhere = memoryAccountStore(anAccount({ email: "elsewhere@example.com" }));
  const { claim } = claimers(memoryMailIndex(), elsewhere);
  await claim(ann);
  await expect(claim(bob, noon + second)).resolves.toBe(false);
  await expect(claim(bob, noon + 60 * second)).resolves.toBe(true);
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
      await mails.claim(key, { accountId: ann, claimedAt: late });
      return loaded;
    },
  };
  await mails.claim(key, { accountId: ann, claimedAt: noon });
  await expect(claimMail({ mails, accounts }, mail, bob, late)).resolves.toBe(false);
  await expect(mails.find(key)).resolves.toMatchObject({ accountId: ann });
});

test("a mail that is given up while it is looked at is claimed", async () => {
  const mails = memoryMailIndex();
  await mails.claim(key, { accountId: ann, claimedAt: noon });
  const leaving: MailIndex = {
    ...mails,
    find: async (key) => {
      await mails.release(key, { accountId: ann, claimedAt: noon });
      return mails.find(key);
    },
  };
  await expect(claimers(leaving).claim(bob)).resolves.toBe(true);
});

onEveryTable((table) => {
  test("of many that take over an abandoned mail at once, one gets it", async () => {
    const mails = dynamoMailIndex({ client: table().client(), name: table().tableName });
    const { claim } = claimers(mails);
    await claim(ann);
    const accounts = Array.from({ length: 12 }, (_, n) => accountId(`account-${n}`));
    const claimed = await Promise.all(accounts.map((one) => claim(one, noon + 60 * second)));
    expect(claimed.filter(Boolean)).toHaveLength(1);
    expect((await mails.find(key))?.accountId).toBe(accounts[claimed.indexOf(true)]);
  });
});
