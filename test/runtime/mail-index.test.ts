import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import { itemKey, tableOf } from "../../lib/runtime/dynamo-table.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import { mailKeys } from "../../lib/account/mail-index.ts";
import { onEveryTable } from "../support/every-table.ts";
import { accountId } from "../support/ids.ts";
import { loseAnswers } from "../support/lost-answers.ts";
import { aClaim } from "../support/mail-claim.ts";
import { minute, noon } from "../support/time.ts";

const [ann, bob] = [accountId("ann"), accountId("bob")];

onEveryTable((table) => {
  let mails = 0;
  const anIndex = () => {
    const client = table().client();
    const loseNextAnswer = loseAnswers(client);
    const named = tableOf(client, table().tableName);
    const index = dynamoMailIndex(named);
    const enterOld = (mail: string) =>
      named.client.send(
        new PutCommand({
          TableName: named.name,
          Item: { ...itemKey(["mail", mail], ["mail"]), accountId: ann, claimedAt: noon },
        }),
      );
    return { index, loseNextAnswer, enterOld, mail: `mail-${(mails += 1)}` };
  };

  test("a mail that nobody claimed finds nobody", async () => {
    const { index, mail } = anIndex();
    await expect(index.find(mail)).resolves.toBeUndefined();
  });

  test("a claimed mail finds who claimed it, and since when", async () => {
    const { index, mail } = anIndex();
    await expect(index.claim(mail, aClaim(ann, noon))).resolves.toBe(true);
    await expect(index.find(mail)).resolves.toEqual(aClaim(ann, noon));
  });

  test("a mail belongs to one account", async () => {
    const { index, mail } = anIndex();
    await index.claim(mail, aClaim(ann, noon));
    await expect(index.claim(mail, aClaim(bob, noon))).resolves.toBe(false);
    await expect(index.find(mail)).resolves.toMatchObject({ accountId: ann });
  });

  test("whoever has a mail may claim it again", async () => {
    const { index, mail } = anIndex();
    await index.claim(mail, aClaim(ann, noon));
    await expect(index.claim(mail, aClaim(ann, noon + 5))).resolves.toBe(true);
    await expect(index.find(mail)).resolves.toEqual(aClaim(ann, noon + 5));
  });

  test("a claim whose answer was lost is not lost", async () => {
    const { index, mail, loseNextAnswer } = anIndex();
    loseNextAnswer();
    await expect(index.claim(mail, aClaim(ann, noon))).resolves.toBe(true);
  });

  test("of many that claim a mail at once, one gets it", async () => {
    const { index, mail } = anIndex();
    const accounts = Array.from({ length: 16 }, (_, n) => accountId(`account-${n}`));
    const claimed = await Promise.all(accounts.map((one) => index.claim(mail, aClaim(one, noon))));
    expect(claimed.filter(Boolean)).toHaveLength(1);
    expect((await index.find(mail))?.accountId).toBe(accounts[claimed.indexOf(true)]);
  });

  test("a mail is taken over from exactly the claim that was seen", async () => {
    const { index, mail } = anIndex();
    const seen = aClaim(ann, noon);
    await index.claim(mail, seen);
    await index.claim(mail, aClaim(ann, noon + 1));
    const mine = aClaim(bob, noon + minute);
    await expect(index.claim(mail, mine, seen)).resolves.toBe(false);
    await expect(index.claim(mail, mine, aClaim(ann, noon + 1))).resolves.toBe(true);
    await expect(index.find(mail)).resolves.toEqual(mine);
  });

  test("an entry from before nonces is taken over and given up, as it was seen", async () => {
    const { index, enterOld, mail } = anIndex();
    await enterOld(mail);
    const old = { ...aClaim(ann, noon), nonce: "" };
    await expect(index.find(mail)).resolves.toEqual(old);
    const mine = aClaim(bob, noon + minute);
    await expect(index.claim(mail, mine, { ...old, claimedAt: noon - 1 })).resolves.toBe(false);
    await expect(index.claim(mail, mine, old)).resolves.toBe(true);
    await index.release(mail, old);
    await expect(index.find(mail)).resolves.toEqual(mine);

    const another = `${mail}-too`;
    await enterOld(another);
    await index.release(another, old);
    await expect(index.find(another)).resolves.toBeUndefined();
  });

  test("only who has a mail gives it up", async () => {
    const { index, mail } = anIndex();
    const claim = aClaim(ann, noon);
    await index.claim(mail, claim);
    await index.release(mail, aClaim(bob, noon));
    // An entry that was made anew is another one.
    await index.release(mail, aClaim(ann, noon - 1));
    await expect(index.find(mail)).resolves.toEqual(claim);
    await index.release(mail, claim);
    await expect(index.find(mail)).resolves.toBeUndefined();
    await index.release(mail, claim);
  });
});

test("the key of a mail tells nothing without the service's key", () => {
  const key = (text: string) => mailKeys(keyRing(text.repeat(43), "lookup"), "ann@example.com")[0];
  expect(key("a")).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(key("a")).not.toBe(key("b"));
});
