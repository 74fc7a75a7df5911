import { PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import { dynamoAccountStore } from "../../lib/runtime/dynamo-account-store.ts";
import { dynamoClaims } from "../../lib/runtime/dynamo-claims.ts";
import { dynamoCounter } from "../../lib/runtime/dynamo-counter.ts";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import { dynamoPasswordGuard } from "../../lib/runtime/dynamo-password-guard.ts";
import { changeStops, readStops } from "../../lib/runtime/dynamo-send-stops.ts";
import { dynamoSessionStore } from "../../lib/runtime/dynamo-session-store.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import type { Renewal } from "../../lib/sessions/session-store.ts";
import { writeAccount } from "../../lib/account/read-account.ts";
import { anAccount } from "../support/account.ts";
import { onEveryTable } from "../support/every-table.ts";
import { aClaim } from "../support/mail-claim.ts";
import { aSession } from "../support/session.ts";
import { hour, minute, noon, second } from "../support/time.ts";

const account = anAccount();
const { id } = account;
const session = aSession({ accountId: id });
const renewal: Renewal = {
  secretHash: "hash of the new secret",
  epoch: 9,
  authenticatedAt: noon + minute,
  method: "totp",
  proof: 2,
  replaced: { secretHash: session.secretHash, by: "key" },
};
const claim = aClaim(id, noon);
const guesses = { wrong: 6, pausedUntil: noon + minute, forgottenAt: noon + hour };
const seconds = (time: number) => ({ N: String(time / 1000) });

/** Every kind of item as DynamoDB holds it, attribute by attribute: releases before and after must read one another. */
const items = [
  {
    pk: { S: `account#${id}` },
    sk: { S: "account" },
    version: { S: "v1" },
    format: { S: "1" },
    account: { S: writeAccount(account) },
  },
  {
    pk: { S: `account#${id}` },
    sk: { S: `session#${session.id}` },
    session: {
      S: JSON.stringify({
        id: session.id,
        accountId: id,
        createdAt: session.createdAt,
        client: session.client,
      }),
    },
    secretHash: { S: "hash of the new secret" },
    epoch: { N: "9" },
    authenticatedAt: { N: String(noon + minute) },
    lastSeenAt: { N: String(noon + minute) },
    method: { S: "totp" },
    proof: { N: "2" },
    replaced: { S: JSON.stringify(renewal.replaced) },
    revokedAt: { N: String(noon + hour) },
    ttl: seconds(session.createdAt + 12 * hour),
  },
  {
    pk: { S: "budget#password#key" },
    sk: { S: "budget" },
    version: { S: "v1" },
    wrong: { N: "6" },
    pausedUntil: { N: String(noon + minute) },
    forgottenAt: { N: String(noon + hour) },
    ttl: seconds(noon + hour),
  },
  {
    pk: { S: `budget#kind#key#${noon / (600 * second)}` },
    sk: { S: "budget" },
    part0: { N: "2" },
    ttl: seconds(noon + 1800 * second),
  },
  { pk: { S: "budget#stopped" }, sk: { S: "budget" }, places: { SS: ["PL", "UA"] } },
  {
    pk: { S: "claim#kind#key" },
    sk: { S: "claim" },
    claimedBy: { S: "owner" },
    claimedUntil: { N: String(noon) },
    ttl: seconds(noon),
  },
  {
    pk: { S: "index#challenge#key" },
    sk: { S: "index" },
    accountId: { S: id },
    ttl: seconds(noon),
  },
  {
    pk: { S: "mail#key" },
    sk: { S: "mail" },
    accountId: { S: id },
    claimedAt: { N: String(noon) },
    nonce: { S: claim.nonce },
  },
];

onEveryTable((started) => {
  const raw = () => started().client();
  const named = () => ({ TableName: started().tableName });
  const table = () => tableOf(raw(), started().tableName);

  test("what is written has these names and types", async () => {
    const sessions = dynamoSessionStore(table(), defaultLimits);
    await dynamoAccountStore(table()).save(account, undefined, "v1");
    await sessions.put(session);
    await sessions.renew(id, session.id, renewal);
    await sessions.revoke(id, session.id, noon + hour);
    await dynamoPasswordGuard(table()).save("key", guesses, undefined, "v1");
    await dynamoCounter(table(), "kind").add("key", noon, 600, 2);
    await changeStops(table(), "stop", ["UA", "PL"]);
    await dynamoClaims(table(), "kind").take("key", "owner", noon, noon);
    await dynamoAccountIndex(table()).put("challenge", "key", id, noon);
    await dynamoMailIndex(table()).claim("key", claim);

    const { Items: found = [] } = await raw().send(new ScanCommand(named()));
    for (const { places } of found) places?.SS?.sort();
    expect(new Set(found)).toEqual(new Set(items));
  });

  test("what has these names and types is read", async () => {
    for (const item of items) await raw().send(new PutItemCommand({ ...named(), Item: item }));

    const { secretHash, epoch, authenticatedAt, method, proof, replaced } = renewal;
    const loaded = { value: account, version: "v1" };
    expect(await dynamoAccountStore(table()).load(id)).toEqual(loaded);
    const sessions = dynamoSessionStore(table(), defaultLimits);
    expect(await sessions.loadWithAccount(id, session.id)).toEqual({
      account: loaded,
      session: {
        ...session,
        ...{ secretHash, epoch, authenticatedAt, method, proof, replaced },
        lastSeenAt: noon + minute,
        revokedAt: noon + hour,
      },
    });
    const guard = dynamoPasswordGuard(table());
    expect(await guard.load("key")).toEqual({ value: guesses, version: "v1" });
    const counter = dynamoCounter(table(), "kind");
    expect(await counter.add("key", noon, 600)).toMatchObject({ count: 3 });
    expect(await readStops(table())).toEqual(new Set(["PL", "UA"]));
    expect(await dynamoClaims(table(), "kind").take("key", "other", noon - 1, noon)).toBe(false);
    expect(await dynamoAccountIndex(table()).find("challenge", "key")).toBe(id);
    expect(await dynamoMailIndex(table()).find("key")).toEqual(claim);
  });
});
