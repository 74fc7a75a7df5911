import { BatchWriteItemCommand, paginateScan, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeAll, afterAll, expect, test } from "vitest";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import type { ActivityNotice } from "../../lib/runtime/activity-events.ts";
import { replaceAccounts } from "../../operations/replace-accounts.ts";
import { restoreTable } from "../../operations/restore-table.ts";
import type { Browser } from "../support/service-browser.ts";
import {
  addedApp,
  begunApp,
  begunLink,
  challenged,
  newPerson,
  newRecoveryCodes,
  signedIn,
  signedInTwice,
  signIn,
} from "../support/service-people.ts";
import { startDynalite } from "../support/dynalite.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock, host } = service;
const live = tableOf(service.storage.client, "Items");
const dynalite = await startDynalite();
afterAll(dynalite.stop);
const recoveredClient = dynalite.client();
/** What a point-in-time recovery makes: another table, as it was then. */
const recovered = tableOf(recoveredClient, dynalite.tableName);

const copy = async (from: DynamoDBClient, to: DynamoDBClient) => {
  for await (const { Items: items = [] } of paginateScan(
    { client: from },
    { TableName: "Items" },
  )) {
    for (const Item of items) {
      const put = { PutRequest: { Item } };
      await to.send(new BatchWriteItemCommand({ RequestItems: { Items: [put] } }));
    }
  }
};

const told: ActivityNotice[] = [];
const restore = (given: { dryRun?: boolean } = {}) =>
  restoreTable(recovered, {
    recoveredTo: then,
    events: { publish: (notices) => Promise.resolve(void told.push(...notices)) },
    dryRun: false,
    from: undefined,
    now: () => clock.now(),
    onPage: () => undefined,
    onFailure: (fault) => {
      throw fault;
    },
    ...given,
  });

const person = await newPerson(service);
const owner = await signedIn(service, person);
const app = await addedApp(service, owner);
const codes = await newRecoveryCodes(owner);
const plain = await newPerson(service);
const plainOwner = await signedIn(service, plain);
const pending = await challenged(service, person);
const begun = await begunApp(service, owner, "Tablet");
const link = await begunLink(owner);
const then = clock.now();
await copy(service.storage.client, recoveredClient);

/** What happened in the lost time. */
let used: { code: string; recoveryCode: string | undefined; browsers: Browser[] };
let newcomer: typeof person;

beforeAll(async () => {
  clock.advance(45);
  const code = app.code();
  const one = await challenged(service, person);
  expect(await one.post("/v1/challenge/totp", { code })).toMatchObject({ status: 200 });
  const other = await challenged(service, person);
  const [recoveryCode] = codes;
  const recovering = await other.post("/v1/challenge/recovery-code", { code: recoveryCode });
  expect(recovering.status).toBe(200);
  newcomer = await newPerson(service);
  // Sessions of many epochs, each of which ended those before.
  const browsers = [one, other, await signedIn(service, newcomer)];
  for (let n = 0; n < 3; n += 1) {
    const browser = await signedInTwice(service, person, app);
    await browser.delete("/v1/sessions");
    browsers.push(browser, browser.copy());
  }
  used = { code: app.code(), recoveryCode, browsers };

  expect(await restore({ dryRun: true })).toMatchObject({ accounts: 2, restored: 2 });
  expect(told).toEqual([]);
  expect(await restore()).toEqual({ accounts: 2, restored: 2, recovery_codes_removed: 1 });
  expect(await restore()).toEqual({ accounts: 2, done_before: 2 });
  const replaced = await replaceAccounts(recovered, live, () => undefined);
  expect(replaced.written).toBe(4);
  // The newcomer's account and mail, and every session.
  const sessions = [...(await service.storage.snapshot()).keys()].filter((key) =>
    key.includes(" session#"),
  );
  expect(sessions).toEqual([]);
});

test("each restored account is told on the bus, once", () => {
  const people = [person.id, plain.id].sort();
  expect(told.map(({ account }) => account).sort()).toEqual(people);
  for (const { event, vocabulary } of told) {
    expect([event, vocabulary]).toEqual(["restored", "authn_token_revoked"]);
  }
});

test("nobody is signed in any more, with a session of before or of the lost time", async () => {
  for (const browser of [owner, plainOwner, ...used.browsers]) {
    expect(await browser.get("/v1/session")).toMatchObject({ code: "unauthenticated" });
  }
});

test("no sign-in of before goes on, nor anything that was begun", async () => {
  const read = await pending.get("/v1/challenge");
  expect(read.code).toBe("no_challenge");
  const code = app.nextCode();
  expect(await pending.post("/v1/challenge/totp", { code })).toMatchObject({
    code: "no_challenge",
  });
  expect(await service.telegram.write(4711, `/start ${link.token}`)).toBe(200);
  const browser = await signedInTwice(service, person, app);
  const confirm = await browser.post(`/v1/totp/${begun.id}/confirm`, { code: begun.code() });
  expect(confirm.code).toBe("not_found");
  expect(await browser.post(`/v1/telegram/links/${link.id}/confirm`)).toMatchObject({
    code: "not_found",
  });
});

test("codes of the lost time are used, of the app and of the paper", async () => {
  const browser = await challenged(service, person);
  for (const code of codes) {
    expect(await browser.post("/v1/challenge/recovery-code", { code })).toMatchObject({
      code: "method_unavailable",
    });
  }
  const answer = await browser.post("/v1/challenge/totp", { code: used.code });
  expect(answer.status).not.toBe(200);
});

test("people sign in as they did then, see what happened, and make new recovery codes", async () => {
  clock.advance(60);
  const browser = await signedInTwice(service, person, app);
  const { body } = await browser.get("/v1/security");
  expect(body).toMatchObject({ recoveryCodes: { left: 0, createdAt: null } });
  expect(JSON.stringify(body)).toContain('"event":"restored"');
  const [code] = await newRecoveryCodes(browser);
  const again = await challenged(service, person);
  expect(await again.post("/v1/challenge/recovery-code", { code })).toMatchObject({ status: 200 });
  await signedIn(service, plain);
});

test("who came in the lost time is unknown, until the host puts them again", async () => {
  expect((await signIn(newcomer, service.browser())).code).toBe("invalid_credentials");
  const { email, password } = newcomer;
  const put = await host.put(`/v1/accounts/${newcomer.id}`, { email, password });
  expect(put.status).toBe(201);
  await signedIn(service, newcomer);
  // The account begins at the first epoch again, and their session of the lost time was of the first as well.
  for (const browser of used.browsers) {
    expect(await browser.get("/v1/session")).toMatchObject({ code: "unauthenticated" });
  }
});
