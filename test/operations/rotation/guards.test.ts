import { beforeAll, expect, test } from "vitest";
import { dynamoMailIndex } from "../../../lib/runtime/dynamo-mail-index.ts";
import { mailKeys } from "../../../lib/account/mail-index.ts";
import { keyRing, type KeyRing } from "../../../lib/crypto/key-ring.ts";
import { hashPassword } from "../../../lib/crypto/password-hash.ts";
import { reserveSend } from "../../../lib/guard/send-budget.ts";
import { dynamoPasswordServices } from "../../../lib/runtime/dynamo-password-services.ts";
import { tableOf } from "../../../lib/runtime/dynamo-table.ts";
import { tryPassword } from "../../../lib/sessions/try-password.ts";
import { anAccount } from "../../support/account.ts";
import { startDynalite } from "../../support/dynalite.ts";
import { useTable } from "../../support/every-table.ts";
import { accountId } from "../../support/ids.ts";
import { deciderOn, memoryAccountStore } from "../../support/memory-account-store.ts";
import { memoryCounter } from "../../support/memory-counter.ts";
import { aClaim } from "../../support/mail-claim.ts";
import { context, minute, noon, second } from "../../support/time.ts";

const table = useTable(startDynalite);
const [old] = keyRing("an old secret text for look-ups, of 43 characters or more", "lookup");
const [made] = keyRing("the new secret text for look-ups, of 43 characters or more", "lookup");
const before: KeyRing = [old];
const added: KeyRing = [old, made];
const used: KeyRing = [made, old];
const dropped: KeyRing = [made];

let hash = "";
beforeAll(async () => {
  hash = await hashPassword("password", Buffer.alloc(16, 1));
});

let doors = 0;

/** A passwords to an account whose mail was entered before the rotation, with the keys of the moment. */
const passwordServices = async () => {
  const n = (doors += 1);
  const email = `ann-${n}@example.com`;
  const account = anAccount({ id: accountId(`ann-${n}`), email, password: hash });
  const named = tableOf(table().client(), table().tableName);
  const commands: string[] = [];
  named.client.middlewareStack.add(
    (next, { commandName = "" }) =>
      (given) => {
        commands.push(commandName);
        return next(given);
      },
    { step: "initialize" },
  );
  const mails = dynamoMailIndex(named);
  const claim = aClaim(account.id, noon);
  await mails.claim(mailKeys(before, email)[0], claim);
  const random = () => Buffer.alloc(16, 1);
  const decider = deciderOn(memoryAccountStore(account));
  const attempt = (
    keys: KeyRing,
    given: { email?: string; password?: string; now?: number; ip?: string } = {},
  ) => {
    const { now = noon, ...rest } = given;
    const typed = { email, password: "wrong", ip: `192.0.2.${n}`, ...rest };
    const passwords = dynamoPasswordServices(named, { ...decider, random }, () =>
      Promise.resolve(keys),
    );
    return tryPassword(passwords, typed, context(now));
  };
  return { attempt, mails, account, commands };
};

test("who was found under the old key is found at every step, and under the new one after signing in", async () => {
  for (const keys of [before, added, used]) {
    const { attempt, mails, account } = await passwordServices();
    const tried = await attempt(keys, { password: "password" });
    if (tried.kind !== "right") throw new Error("It is not right.");
    expect(tried.loaded.value.id).toBe(account.id);
    await tried.forgive();
    const entry = await mails.find(mailKeys(keys, account.email)[0]);
    expect(entry?.accountId).toBe(account.id);
  }
});

test("while keys are rotated, unknown mails, unmoved and moved ones still take the same calls", async () => {
  const { attempt, account, mails, commands } = await passwordServices();
  const callsOf = async (email: string) => {
    commands.splice(0);
    expect((await attempt(used, { email })).kind).toBe("wrong");
    return [...commands];
  };
  const unmoved = await callsOf(account.email);
  const moved = aClaim(account.id, noon);
  await mails.claim(mailKeys(used, account.email)[0], moved);
  expect(await callsOf(account.email)).toEqual(unmoved);
  expect(await callsOf("nobody@example.com")).toEqual(unmoved);
});

test("a pause of before the rotation goes on through all of it", async () => {
  const { attempt } = await passwordServices();
  for (let n = 0; n < 5; n += 1) expect((await attempt(before)).kind).toBe("wrong");
  for (const keys of [before, added, used, added]) {
    expect((await attempt(keys, { password: "password" })).kind).toBe("paused");
  }
  // The next wrong one doubles it, under both keys, so it also goes on when the old one is gone.
  const now = noon + 31 * second;
  expect((await attempt(added, { now })).kind).toBe("wrong");
  for (const keys of [added, used, dropped]) {
    const tried = await attempt(keys, { now: now + 59 * second, password: "password" });
    expect(tried).toEqual({ kind: "paused", until: now + minute });
  }
});

test("trying while paused makes the pause no longer under any key", async () => {
  const { attempt } = await passwordServices();
  for (let n = 0; n < 5; n += 1) await attempt(before);
  for (let n = 0; n < 20; n += 1) await attempt(added);
  const right = await attempt(used, { now: noon + 31 * second, password: "password" });
  expect(right.kind).toBe("right");
});

test("changing between instances of different steps gives no more tries", async () => {
  const { attempt } = await passwordServices();
  const kinds: string[] = [];
  for (const keys of [before, added, used, added, used, added, used, before]) {
    kinds.push((await attempt(keys)).kind);
  }
  expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(5);
});

test("a success forgives under every key", async () => {
  const { attempt } = await passwordServices();
  for (let n = 0; n < 4; n += 1) await attempt(added);
  const tried = await attempt(used, { password: "password" });
  if (tried.kind !== "right") throw new Error("It is not right.");
  await tried.forgive();
  for (let n = 0; n < 4; n += 1) expect((await attempt(dropped)).kind).toBe("wrong");
  for (let n = 0; n < 4; n += 1) expect((await attempt(before)).kind).toBe("wrong");
});

test("a number's sends of before and during the rotation count together", async () => {
  const counter = memoryCounter();
  let accounts = 0;
  const send = (...numberKeys: string[]) => {
    const n = (accounts += 1);
    const own = { accountId: accountId(`someone-${n}`), addressKeys: [`address-${n}`] };
    const kind = { channel: "call" as const, isEnrolment: false };
    const charge = { ...kind, numberKeys, ...own, country: "UA", price: 1 };
    return reserveSend(counter, charge, context(noon));
  };
  for (let n = 0; n < 2; n += 1) expect(await send("old")).toBeUndefined();
  for (let n = 0; n < 3; n += 1) expect(await send("old", "new")).toBeUndefined();
  expect(await send("new", "old")).toBe("number");
  expect(await send("old")).toBe("number");
  // What was refused was taken back under both.
  for (let n = 0; n < 2; n += 1) expect(await send("new")).toBeUndefined();
  expect(await send("new")).toBe("number");
});
