import { beforeEach, expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import { dynamoAccountStore } from "../../lib/runtime/dynamo-account-store.ts";
import { walkAccounts } from "../../lib/runtime/dynamo-account-walk.ts";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import { tableOf, type Table } from "../../lib/runtime/dynamo-table.ts";
import { mailKeys } from "../../lib/account/mail-index.ts";
import { keyRing, type KeyRing } from "../../lib/crypto/key-ring.ts";
import { openTotpSecret } from "../../lib/totp/totp-secret.ts";
import type { ActivityNotice } from "../../lib/runtime/activity-events.ts";
import { leftUnderOldKeys } from "../../operations/left-under-old-keys.ts";
import { reencryptTable } from "../../operations/re-encrypt-table.ts";
import { anAccount } from "../support/account.ts";
import { anAuthenticator, sealed, totpKeys } from "../support/authenticator.ts";
import { onEveryTable } from "../support/every-table.ts";
import { accountId } from "../support/ids.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";
import { aClaim } from "../support/mail-claim.ts";
import { hour, noon } from "../support/time.ts";

const newText = (of: string) => `a new secret text for ${of}`.padEnd(64, "-");
const [old] = keyRing("an old secret text for look-ups, of 43 characters or more", "lookup");
const [made] = keyRing(newText("lookup"), "lookup");
const lookup = { before: [old], used: [made, old] } as const satisfies Record<string, KeyRing>;
const totpUsed: KeyRing = [keyRing(newText("totp"), "totp")[0], totpKeys[0]];

onEveryTable((started) => {
  let table: Table;
  const people = 30;
  const idOf = (n: number) => accountId(`person-${n}`);

  beforeEach(async () => {
    table = tableOf(started().client(), started().tableName);
    const mails = dynamoMailIndex(table);
    for (let n = 0; n < people; n += 1) {
      const id = idOf(n);
      const email = `person-${n}@example.com`;
      const account = anAccount({
        id,
        email,
        authenticators:
          n % 3 === 0 ? [anAuthenticator("phone", { secret: sealed("phone", id) })] : [],
        recoveryCodes: n % 5 === 0 ? recoveryCodesOf("00000-00000") : null,
      });
      await put(account);
      for (const key of mailKeys(lookup.used, email)) {
        const entry = await mails.find(key);
        if (entry) await mails.release(key, entry);
      }
      await mails.claim(mailKeys(lookup.before, email)[0], aClaim(id, noon));
    }
  });

  const put = async (account: Account) => {
    const store = dynamoAccountStore(table);
    const seen = (await store.load(account.id))?.version;
    await store.save(account, seen, `version-${Math.random()}`);
  };

  const reencrypt = (given: Partial<Parameters<typeof reencryptTable>[1]> = {}) =>
    reencryptTable(table, {
      totpKeys: totpUsed,
      lookupKeys: lookup.used,
      voidCodesBefore: undefined,
      events: undefined,
      dryRun: false,
      from: undefined,
      now: () => noon,
      onPage: () => undefined,
      onFailure: (fault) => {
        throw fault;
      },
      ...given,
    });

  test("everything moves to the keys that make, once, and then the old ones may go", async () => {
    expect(await leftUnderOldKeys(table, "totp", newText("totp"))).toBe(10);
    expect(await leftUnderOldKeys(table, "lookup", newText("lookup"))).toBe(people);
    const expected = { accounts: people, reencrypted: 10, mail_to_move: people };
    expect(await reencrypt({ dryRun: true })).toEqual(expected);
    const { mail_to_move: moved, ...others } = expected;
    expect(await reencrypt()).toEqual({ ...others, mail_moved: moved });
    expect(await reencrypt()).toEqual({ accounts: people });
    expect(await leftUnderOldKeys(table, "totp", newText("totp"))).toBe(0);
    expect(await leftUnderOldKeys(table, "lookup", newText("lookup"))).toBe(0);
    for (let n = 0; n < people; n += 3) {
      const account = (await dynamoAccountStore(table).load(idOf(n)))?.value;
      const [phone] = account?.authenticators ?? [];
      if (!account || !phone) throw new Error("It is gone.");
      const opened = openTotpSecret([totpUsed[0]], phone, account.id, phone.id);
      expect(opened.key).toBe(totpUsed[0]);
    }
  });

  test("beside people who use the service it loses nothing that they save", async () => {
    const store = dynamoAccountStore(table);
    const busy = async (n: number) => {
      for (let times = 0; times < 5; times += 1) {
        const loaded = await store.load(idOf(n));
        if (!loaded) throw new Error("It is gone.");
        const changed = { ...loaded.value, locale: "uk" as const };
        await store.save(changed, loaded.version, `busy-${n}-${times}`);
      }
    };
    const everybody = Array.from({ length: people }, (_, n) => busy(n));
    const [counts] = await Promise.all([reencrypt(), ...everybody]);
    expect(counts).toMatchObject({ accounts: people, reencrypted: 10 });
    for (let n = 0; n < people; n += 1) {
      expect((await store.load(idOf(n)))?.value.locale).toBe("uk");
    }
    expect(await leftUnderOldKeys(table, "totp", newText("totp"))).toBe(0);
  });

  test("with the keys of another service it changes nothing, and says so", async () => {
    const other = "the keys of a quite different service, of 43 characters or more";
    const given = { totpKeys: keyRing(other, "totp"), lookupKeys: keyRing(other, "lookup") };
    const counts = await reencrypt(given);
    expect(counts).toEqual({ accounts: people, unreadable: 10, mail_unfindable: people });
    expect(await reencrypt()).toMatchObject({ reencrypted: 10, mail_moved: people });
  });

  test("recovery codes of a dropped key are removed by their age, and each removal is told on the bus", async () => {
    const told: ActivityNotice[] = [];
    const events = { publish: (notices: readonly ActivityNotice[]) => take(notices) };
    const take = (notices: readonly ActivityNotice[]) =>
      Promise.resolve(void told.push(...notices));
    const none = { totpKeys: undefined, lookupKeys: undefined, events };
    expect(await reencrypt({ ...none, voidCodesBefore: noon - 2 * hour })).toEqual({
      accounts: people,
    });
    expect(await reencrypt({ ...none, voidCodesBefore: noon })).toEqual({
      accounts: people,
      voided: 6,
    });
    expect(await reencrypt({ ...none, voidCodesBefore: noon })).toEqual({ accounts: people });
    expect(told.map(({ account }) => account).sort()).toEqual(
      [0, 5, 10, 15, 20, 25].map(idOf).sort(),
    );
    expect(new Set(told.map(({ event }) => event))).toEqual(new Set(["recovery_codes_voided"]));
  });

  test("where the bus does not take it the account is done all the same, and it is counted", async () => {
    const events = { publish: () => Promise.reject(new Error("The bus is down.")) };
    const given = { totpKeys: undefined, lookupKeys: undefined, events, voidCodesBefore: noon };
    expect(await reencrypt(given)).toEqual({ accounts: people, voided: 6, not_told: 6 });
    expect(await reencrypt(given)).toEqual({ accounts: people });
  });

  test("an account that fails is counted, and the others are done", async () => {
    const faults: unknown[] = [];
    const counts = await walkAccounts(table, {
      width: 4,
      from: undefined,
      onPage: () => undefined,
      onFailure: (fault) => void faults.push(fault),
      work: ({ value: { id } }) =>
        id === idOf(7) ? Promise.reject(new Error("No.")) : Promise.resolve(["done"]),
    });
    expect(counts).toEqual({ accounts: people, failed: 1, done: people - 1 });
    expect(faults).toHaveLength(1);
  });

  test("no more accounts than wished are under way at once", async () => {
    let [now, most] = [0, 0];
    await walkAccounts(table, {
      width: 4,
      from: undefined,
      onPage: () => undefined,
      onFailure: () => undefined,
      async work() {
        most = Math.max(most, (now += 1));
        await new Promise((resolve) => setTimeout(resolve, 2));
        now -= 1;
        return [];
      },
    });
    expect(most).toBe(4);
  });
});

onEveryTable((started) => {
  test("a table of several pages is walked whole, and from where a walk broke off", async () => {
    const table = tableOf(started().client(), started().tableName);
    const store = dynamoAccountStore(table);
    // A page is a megabyte.
    const long = "x".repeat(120_000);
    for (let n = 0; n < 12; n += 1) {
      await store.save(anAccount({ id: accountId(`long-${n}`), email: long }), undefined, "v");
    }
    const walk = async (from: string | undefined, stopAfter: number) => {
      const met: string[] = [];
      let next: string | undefined;
      let pages = 0;
      const walking = walkAccounts(table, {
        width: 2,
        from,
        onFailure: () => undefined,
        onPage: (_, place) => {
          next = place;
          pages += 1;
          if (pages === stopAfter) throw new Error("It breaks off here.");
        },
        work: ({ value: { id } }) => {
          met.push(id);
          return Promise.resolve([]);
        },
      });
      await walking.catch(() => undefined);
      return { met, next };
    };
    const whole = await walk(undefined, Infinity);
    expect(new Set(whole.met).size).toBe(12);
    const begun = await walk(undefined, 1);
    expect(begun.met.length).toBeLessThan(12);
    const rest = await walk(begun.next, Infinity);
    expect([...begun.met, ...rest.met].sort()).toEqual([...whole.met].sort());
  });
});
