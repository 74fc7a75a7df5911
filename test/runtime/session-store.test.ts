import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { dynamoAccountStore } from "../../lib/runtime/dynamo-account-store.ts";
import { itemKey, tableOf } from "../../lib/runtime/dynamo-table.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { dynamoSessionStore } from "../../lib/runtime/dynamo-session-store.ts";
import type { Renewal } from "../../lib/sessions/session-store.ts";
import type { Session } from "../../lib/sessions/session.ts";
import { aClient, anAccount } from "../support/account.ts";
import { onEveryTable } from "../support/every-table.ts";
import { accountId, sessionId } from "../support/ids.ts";
import { loseAnswers } from "../support/lost-answers.ts";
import { aSession } from "../support/session.ts";
import { hour, minute, noon, second } from "../support/time.ts";

const renewal: Renewal = {
  secretHash: "hash of the new secret",
  epoch: 9,
  authenticatedAt: noon + minute,
  method: "totp",
  proof: 2,
  replaced: { secretHash: aSession().secretHash, by: "key" },
};

onEveryTable((table) => {
  let accounts = 0;
  /** A store, and a session of an account that no other test has. */
  const aStore = (given: Partial<Session> = {}) => {
    const client = table().client();
    const loseNextAnswer = loseAnswers(client);
    const named = tableOf(client, table().tableName);
    const account = accountId(`account-${(accounts += 1)}`);
    const session = aSession({ accountId: account, ...given });
    const store = dynamoSessionStore(named, defaultLimits);
    const read = async () => (await store.loadWithAccount(account, session.id)).session;
    return { store, session, account, named, read, loseNextAnswer };
  };

  test("what nobody wrote is not there", async () => {
    const { store, account, session } = aStore();
    await expect(store.loadWithAccount(account, session.id)).resolves.toEqual({
      session: undefined,
      account: undefined,
    });
  });

  test("session and account come back together, to the last field", async () => {
    const { store, session, account, named } = aStore({
      epoch: 3,
      createdAt: noon - 3,
      authenticatedAt: noon - 2,
      lastSeenAt: noon - 1,
      method: "recovery_code",
      client: aClient({ ip: "2001:db8::1", device: "Safari на iPhone 📱" }),
    });
    const owner = anAccount({ id: account });
    await dynamoAccountStore(named).save(owner, undefined, "v1");
    await expect(store.put(session)).resolves.toBe("put");
    await expect(store.loadWithAccount(account, session.id)).resolves.toEqual({
      session,
      account: { value: owner, version: "v1" },
    });
  });

  test("one without the other is told as such", async () => {
    const { store, session, account, named } = aStore();
    const owner = anAccount({ id: account });
    await dynamoAccountStore(named).save(owner, undefined, "v1");
    expect((await store.loadWithAccount(account, session.id)).session).toBeUndefined();
    const other = aStore();
    await other.store.put(other.session);
    expect(await other.store.loadWithAccount(other.account, other.session.id)).toEqual({
      session: other.session,
      account: undefined,
    });
  });

  test("a session of another account with the same id is another session", async () => {
    const [one, other] = [aStore(), aStore()];
    await one.store.put(one.session);
    await expect(other.read()).resolves.toBeUndefined();
  });

  test("a session that is put again is as it is, and with another secret it is another's", async () => {
    const { store, session, account, read } = aStore();
    await store.put(session);
    await store.renew(account, session.id, renewal);
    await expect(store.put(session)).resolves.toBe("gone");
    await expect(store.put({ ...session, secretHash: renewal.secretHash })).resolves.toBe("put");
    expect((await read())?.secretHash).toBe(renewal.secretHash);
    expect((await read())?.authenticatedAt).toBe(renewal.authenticatedAt);
  });

  test("of renewals that land in any order, the one of the latest proof stays", async () => {
    const { store, session, account, read } = aStore();
    await store.put(session);
    const later = { ...renewal, proof: 3, secretHash: "hash of a later secret" };
    await expect(store.renew(account, session.id, later)).resolves.toBe("renewed");
    await expect(store.renew(account, session.id, renewal)).resolves.toBe("superseded");
    expect((await read())?.secretHash).toBe(later.secretHash);
    // The same request again, decided anew, makes the same secret.
    const again = { ...later, proof: 2 };
    await expect(store.renew(account, session.id, again)).resolves.toBe("renewed");
  });

  test("a session that is withdrawn before its write lands never comes to life", async () => {
    const { store, session, read } = aStore();
    await store.withdraw(session, noon);
    await expect(store.put(session)).resolves.toBe("gone");
    expect((await read())?.revokedAt).toBe(noon);
  });

  test("a session that is withdrawn after its write landed is ended, and no other", async () => {
    const { store, session, read } = aStore();
    await store.put(session);
    await store.withdraw({ ...session, secretHash: "another" }, noon);
    expect((await read())?.revokedAt).toBeNull();
    await store.withdraw(session, noon);
    expect((await read())?.revokedAt).toBe(noon);
  });

  test("a revoked session stays revoked, whatever is written afterwards", async () => {
    const { store, session, account, read } = aStore();
    await store.put(session);
    await expect(store.revoke(account, session.id, noon + second)).resolves.toBe("revoked");
    const revoked = { ...session, revokedAt: noon + second };
    await expect(read()).resolves.toEqual(revoked);

    await expect(store.put(session)).resolves.toBe("gone");
    await expect(store.renew(account, session.id, renewal)).resolves.toBe("gone");
    await store.touch(session, noon + minute);
    await expect(store.revoke(account, session.id, noon + hour)).resolves.toBe("unknown");
    await expect(read()).resolves.toEqual(revoked);
  });

  test("where a secret is told, only a session that has it is revoked", async () => {
    const { store, session, account, read } = aStore();
    await store.put(session);
    await expect(store.revoke(account, session.id, noon, "other")).resolves.toBe("unknown");
    await expect(read()).resolves.toEqual(session);
    const { secretHash } = session;
    await expect(store.revoke(account, session.id, noon, secretHash)).resolves.toBe("revoked");
    expect((await read())?.revokedAt).toBe(noon);
  });

  test("a renewed session has the new secret, epoch and times, and all else as before", async () => {
    const { store, session, account, read } = aStore();
    await store.put(session);
    await expect(store.renew(account, session.id, renewal)).resolves.toBe("renewed");
    await expect(read()).resolves.toEqual({
      ...session,
      ...renewal,
      lastSeenAt: renewal.authenticatedAt,
    });
  });

  test("a session that is not there is neither renewed, nor touched, nor revoked into being", async () => {
    const { store, session, account, read } = aStore();
    await expect(store.renew(account, session.id, renewal)).resolves.toBe("gone");
    await store.touch(session, noon + minute);
    await expect(store.revoke(account, session.id, noon)).resolves.toBe("unknown");
    await expect(read()).resolves.toBeUndefined();
    await expect(store.list(account)).resolves.toEqual([]);
  });

  test("a touch moves the time of the last request forwards only", async () => {
    const { store, session, read } = aStore();
    await store.put(session);
    await store.touch(session, noon + minute);
    await store.touch(session, noon + second);
    await expect(read()).resolves.toEqual({ ...session, lastSeenAt: noon + minute });
  });

  test.each(["put", "renew", "revoke"] as const)(
    "a %s whose answer was lost is a success",
    async (write) => {
      const { store, session, account, loseNextAnswer } = aStore();
      if (write !== "put") await store.put(session);
      loseNextAnswer();
      const outcome = {
        put: () => store.put(session),
        renew: () => store.renew(account, session.id, renewal),
        revoke: () => store.revoke(account, session.id, noon),
      }[write];
      await expect(outcome()).resolves.toBe(
        { put: "put", renew: "renewed", revoke: "revoked" }[write],
      );
    },
  );

  test("of a renewal and a revocation at once, the revocation stands", async () => {
    const { store, session, account, read } = aStore();
    await store.put(session);
    await Promise.all([
      store.renew(account, session.id, renewal),
      store.revoke(account, session.id, noon + second),
      store.put({ ...session, secretHash: "other" }),
      store.touch(session, noon + minute),
    ]);
    expect((await read())?.revokedAt).toBe(noon + second);
  });

  test("all sessions of an account are listed, revoked ones too, and nothing else of it", async () => {
    const { store, session, account, named } = aStore();
    await dynamoAccountStore(named).save(anAccount({ id: account }), undefined, "v1");
    const others = ["a", "b"].map((name) => ({ ...session, id: sessionId(name) }));
    for (const one of [session, ...others]) await store.put(one);
    await store.revoke(account, session.id, noon);
    await aStore().store.put(aSession({ accountId: accountId(`${account}0`) }));
    const listed = await store.list(account);
    expect(listed.map(({ id, revokedAt }) => [id, revokedAt])).toEqual([
      ["a", null],
      ["b", null],
      [session.id, noon],
    ]);
  });

  test("a list that is longer than one page of a megabyte is whole", async () => {
    const { store, session, account } = aStore();
    const client = aClient({ device: "x".repeat(100_000) });
    const ids = Array.from({ length: 25 }, (_, n) => sessionId(`session-${String(n + 10)}`));
    await Promise.all(ids.map((id) => store.put({ ...session, id, client })));
    const listed = await store.list(account);
    expect(listed.map(({ id }) => id)).toEqual(ids);
  });

  test("a session is forgotten no sooner than it ends", async () => {
    const { store, session, account, named } = aStore();
    await store.put(session);
    const { Item: item } = await named.client.send(
      new GetCommand({
        TableName: named.name,
        Key: itemKey(["account", account], ["session", session.id]),
      }),
    );
    expect(item?.["ttl"]).toBe((session.createdAt + 12 * hour) / 1000);
  });

  test("an answer in part is a fault: it must not read as no such session", async () => {
    const { session, account, named } = aStore();
    const store = dynamoSessionStore(named, defaultLimits);
    named.client.middlewareStack.add(
      (next, { commandName }) =>
        async (request) => {
          const answer = await next(request);
          const unprocessed = { Responses: {}, UnprocessedKeys: { [named.name]: { Keys: [] } } };
          if (commandName !== BatchGetItemCommand.name) return answer;
          return { ...answer, output: { ...answer.output, ...unprocessed } };
        },
      { step: "initialize" },
    );
    await expect(store.loadWithAccount(account, session.id)).rejects.toThrow("in full");
  });
});
