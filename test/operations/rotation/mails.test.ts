import { expect, test } from "vitest";
import { claimMail } from "../../../lib/account/claim-mail.ts";
import { mailKeys } from "../../../lib/account/mail-index.ts";
import { moveMail } from "../../../lib/account/move-mail.ts";
import { keyRing, type KeyRing } from "../../../lib/crypto/key-ring.ts";
import { anAccount } from "../../support/account.ts";
import { accountId } from "../../support/ids.ts";
import { memoryAccountStore } from "../../support/memory-account-store.ts";
import { memoryMailIndex } from "../../support/memory-mail-index.ts";
import { aClaim, claimingOf } from "../../support/mail-claim.ts";
import { minute, noon } from "../../support/time.ts";

const email = "ann@example.com";
const [ann, bob] = [accountId("ann"), accountId("bob")];

/** Which of two keys comes first where keys are sorted is chance; every test is run with many. */
const rotations = Array.from({ length: 12 }, (_, n) => {
  const [old] = keyRing(`an old key for look-ups, number ${n}`.padEnd(64), "lookup");
  const [made] = keyRing(`a new key for look-ups, number ${n}`.padEnd(64), "lookup");
  const before: KeyRing = [old];
  const added: KeyRing = [old, made];
  const used: KeyRing = [made, old];
  const dropped: KeyRing = [made];
  return { before, added, used, dropped };
});

const keysOf = (keys: KeyRing) => ({ keys: mailKeys(keys, email), email });

test("of two accounts that want a mail at once, one gets it, whatever the two instances know", async () => {
  for (const { before, added, used, dropped } of rotations) {
    const together = [
      [before, added],
      [added, added],
      [added, used],
      [used, used],
      [used, dropped],
    ] as const;
    for (const [one, other] of together) {
      const mails = memoryMailIndex();
      const accounts = memoryAccountStore();
      const claim = (keys: KeyRing, id: typeof ann) =>
        claimMail(claimingOf(mails, accounts), keysOf(keys), id, noon);
      const won = await Promise.all([claim(one, ann), claim(other, bob)]);
      expect(won.filter(Boolean)).toHaveLength(1);
      // Whoever lost left nothing behind under the keys that both know.
      const winner = won[0] ? ann : bob;
      for (const key of mailKeys(one, email).filter((each) =>
        mailKeys(other, email).includes(each),
      )) {
        expect(await mails.find(key)).toMatchObject({ accountId: winner });
      }
    }
  }
});

test("a mail of before the rotation is not given to another account, at any time of it", async () => {
  for (const { before, added, used } of rotations) {
    const mails = memoryMailIndex();
    const accounts = memoryAccountStore(anAccount({ id: ann, email }));
    expect(await claimMail(claimingOf(mails, accounts), keysOf(before), ann, noon)).toBe(true);
    for (const keys of [added, used]) {
      const late = noon + 10 * minute;
      expect(await claimMail(claimingOf(mails, accounts), keysOf(keys), bob, late)).toBe(false);
      for (const key of mailKeys(keys, email)) {
        expect(await mails.find(key)).not.toMatchObject({ accountId: bob });
      }
    }
  }
});

test("a mail is moved to the key that makes, once, and is found there when the old key is gone", async () => {
  for (const { before, used, dropped } of rotations) {
    const mails = memoryMailIndex();
    const accounts = memoryAccountStore(anAccount({ id: ann, email }));
    await claimMail(claimingOf(mails, accounts), keysOf(before), ann, noon);
    const move = (keys: KeyRing, id = ann) =>
      moveMail(claimingOf(mails, accounts), keysOf(keys), id, noon + minute);
    expect(await move(dropped)).toBe("unfindable");
    expect(await move(used, bob)).toBe("unfindable");
    expect(await move(used)).toBe("moved");
    expect(await move(used)).toBe("in_place");
    expect(await move(dropped)).toBe("in_place");
    expect(await mails.find(mailKeys(before, email)[0])).toMatchObject({ accountId: ann });
  }
});

test("an account that is just being made with a mail does not keep it from being moved for longer than a minute", async () => {
  for (const { before, used } of rotations) {
    const mails = memoryMailIndex();
    const accounts = memoryAccountStore(anAccount({ id: ann, email }));
    await claimMail(claimingOf(mails, accounts), keysOf(before), ann, noon);
    await mails.claim(mailKeys(used, email)[0], aClaim(bob, noon));
    const move = (now: number) => moveMail(claimingOf(mails, accounts), keysOf(used), ann, now);
    expect(await move(noon)).toBe("taken");
    expect(await move(noon + minute)).toBe("moved");
  }
});
