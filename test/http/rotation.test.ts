import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { enrolTotp } from "../../lib/contract/totp.ts";
import { reencryptTable } from "../../operations/re-encrypt-table.ts";
import { passingTime } from "../support/passing-time.ts";
import { approve, challengeOf, lastTo, newLinkedPerson } from "../support/service-asked.ts";
import {
  addedPhone,
  challenged,
  newPerson,
  newRecoveryCodes,
  newSecuredPerson,
  placeCalls,
  signedIn,
  signIn,
} from "../support/service-people.ts";
import { inTurns } from "../support/service-instances.ts";
import { rotatingSecrets } from "../support/service-secrets.ts";
import { webhookEvent } from "../support/service-telegram.ts";
import { totpCode } from "../support/service-totp.ts";
import { startService } from "../support/service.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";

const secrets = rotatingSecrets();
const instances: ReturnType<typeof secrets.anInstance>[] = [];
const service = await startService(undefined, (clock) => {
  instances.push(...Array.from({ length: 5 }, () => secrets.anInstance(clock)));
  return instances.map(({ instance }) => instance);
});
const { clock, host, telegram } = service;
telegram.registered.secret = secrets.webhookSecret();
const table = tableOf(service.storage.client, "Items");

/** Each instance read its secrets at another time. */
for (const { warm } of instances) {
  await warm();
  clock.advance(61);
}

const time = passingTime(() => clock.advance(100));
const { later } = time;

/** People of before the rotation. Each comes back now and then, within what limits allow one person. */
const peopleOf = async <T>(count: number, make: () => Promise<T>): Promise<() => T> => {
  const people: T[] = [];
  for (let n = 0; n < count; n += 1) people.push(await make());
  return inTurns(people);
};
const nextWithApp = await peopleOf(10, () => newSecuredPerson(service));
const newPersonWithCodes = async () => {
  const secured = await newSecuredPerson(service);
  return { ...secured, codes: await newRecoveryCodes(secured.browser) };
};
const nextWithCodes = await peopleOf(4, newPersonWithCodes);
const sleeper = await newPersonWithCodes();
const nextWithPhone = await peopleOf(14, async () => {
  const secured = await newSecuredPerson(service);
  await addedPhone(service, secured.browser);
  return secured;
});
const linked = await newLinkedPerson(service);

/** A code of an app that it shows for the first time now. */
const withApp = async () => {
  const { person, app } = nextWithApp();
  const browser = await challenged(service, person);
  await later();
  const code = app.code();
  expect(await browser.post("/v1/challenge/totp", { code: app.wrong() })).toMatchObject({
    code: "wrong_code",
  });
  const right = await browser.post("/v1/challenge/totp", { code });
  expect(right).toMatchObject({ status: 200, body: { status: "signed_in" } });
  const again = await challenged(service, person);
  expect(await again.post("/v1/challenge/totp", { code })).toMatchObject({
    code: "code_already_used",
  });
};

const withRecoveryCode = async () => {
  const { person, codes } = nextWithCodes();
  const code = codes.pop();
  const browser = await challenged(service, person);
  await later();
  expect(await browser.post("/v1/challenge/recovery-code", { code: "00000-00000" })).toMatchObject({
    code: "wrong_code",
  });
  expect(await browser.post("/v1/challenge/recovery-code", { code })).toMatchObject({
    status: 200,
    body: { recoveryCodesLeft: codes.length },
  });
  const again = await challenged(service, person);
  expect(await again.post("/v1/challenge/recovery-code", { code })).toMatchObject({
    code: "code_already_used",
  });
};

/** The call is placed by one instance now, its code comes to another later. */
const withCall = async () => {
  const { person } = nextWithPhone();
  const browser = await challenged(service, person);
  const { methods } = await challengeOf(browser);
  const numberId = methods.phone?.numbers[0]?.id;
  expect(await browser.post("/v1/challenge/call", { numberId })).toMatchObject({ status: 202 });
  const code = await placeCalls(service);
  await later();
  const wrong = code === "1234" ? "4321" : "1234";
  expect(await browser.post("/v1/challenge/code", { code: wrong })).toMatchObject({
    code: "wrong_code",
  });
  expect(await browser.post("/v1/challenge/code", { code })).toMatchObject({ status: 200 });
};

const withTelegram = async () => {
  const [chat = 0] = linked.chats;
  const browser = await challenged(service, linked.person);
  await telegram.runJobs();
  await later();
  const { messageId } = lastTo(service, chat);
  expect(await telegram.deliver(webhookEvent("{}", forged))).toBe(401);
  expect(await approve(service, browser, chat)).toBe(200);
  expect(messageId).toBe(lastTo(service, chat).messageId);
  expect(await browser.post("/v1/challenge/complete")).toMatchObject({ status: 200 });
};
const forged = { "x-telegram-bot-api-secret-token": "a-forged-secret" };

/** A new person who enrols, with a while between any two things. */
const withNewApp = async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  const { id, secret } = enrolTotp.answers[201].parse((await browser.post("/v1/totp", {})).body);
  await later();
  const confirm = () =>
    browser.post(`/v1/totp/${id}/confirm`, { code: totpCode(secret, clock.now()) });
  expect(await confirm()).toMatchObject({ status: 200 });
  const codes = await newRecoveryCodes(browser);
  await later();
  const app = { code: () => totpCode(secret, clock.now()), wrong: () => "000000" };
  const signing = await challenged(service, person);
  expect(await signing.post("/v1/challenge/totp", { code: app.code() })).toMatchObject({
    status: 200,
  });
  await later();
  const recovering = await challenged(service, person);
  expect(await recovering.post("/v1/challenge/recovery-code", { code: codes[0] })).toMatchObject({
    status: 200,
  });
};

/** Mails come, change hands and are fought for. */
const withMails = async () => {
  const person = await newPerson(service);
  await later();
  expect(await signIn({ ...person, password: "wrong" }, service.browser())).toMatchObject({
    code: "invalid_credentials",
  });
  await signedIn(service, person);
  const moved = { ...person, email: `moved-${person.email}` };
  const { email, password } = moved;
  expect(await host.put(`/v1/accounts/${person.id}`, { email })).toMatchObject({ status: 200 });
  await later();
  await signedIn(service, moved);
  expect(await signIn(person, service.browser())).toMatchObject({ code: "invalid_credentials" });
  const thief = await host.put(`/v1/accounts/thief-${person.id}`, { email, password });
  expect(thief).toMatchObject({ code: "email_taken" });
  await newPerson(service, { email: person.email });

  const wanted = `${randomUUID()}@example.com`;
  const puts = await Promise.all(
    Array.from({ length: 5 }, (_, n) =>
      host.put(`/v1/accounts/${n}-${person.id}`, { email: wanted, password }),
    ),
  );
  expect(puts.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
  for (const { status, code } of puts) expect([status, code]).toSatisfy(wonOrTaken);
};
const wonOrTaken = ([status, code]: [number, string | undefined]) =>
  status === 201 || code === "email_taken";

/** With how many different keys the instances make, at each step. */
const makers: number[] = [];
const countMakers = async () => {
  const made = instances.map(async ({ instance }) => {
    const keys = instance.keysOf("totp");
    return (await keys())[0].id;
  });
  makers.push(new Set(await Promise.all(made)).size);
};

/** A minute and forty seconds of everything. */
const load = async (codesAreGood: boolean) => {
  await countMakers();
  await time.step(() => {
    time.begin(withApp);
    if (codesAreGood && steps % 3 === 0) time.begin(withRecoveryCode);
    time.begin(withCall);
    if (steps % 4 === 1) time.begin(withTelegram);
    if (steps % 2 === 1) time.begin(withNewApp);
    time.begin(withMails);
    steps += 1;
  });
};
let steps = 0;

const loadFor = async (minutes: number, { codesAreGood = true } = {}) => {
  const end = clock.now() + minutes * 60_000;
  while (clock.now() < end) await load(codesAreGood);
  expect(time.faults).toEqual([]);
};

test("every secret is rotated under load: no request fails, and nothing is taken that should not be", async () => {
  await loadFor(4);
  secrets.rotate("add", clock.now());
  await loadFor(15);
  secrets.rotate("use", clock.now());
  await loadFor(5);
  // Some made with the old key still while others did with the new one.
  expect(makers).toContain(2);
  telegram.registered.secret = secrets.webhookSecret();
  await loadFor(25);

  const reencrypt = () =>
    reencryptTable(table, {
      totpKeys: secrets.keysOf("totp"),
      lookupKeys: secrets.keysOf("lookup"),
      voidCodesBefore: undefined,
      events: undefined,
      dryRun: false,
      from: undefined,
      now: () => clock.now(),
      onPage: () => undefined,
      onFailure: (fault) => {
        throw fault;
      },
    });
  const first = await reencrypt();
  expect(first).toMatchObject({ reencrypted: expect.any(Number) as number });
  expect(first).not.toHaveProperty("unreadable");
  expect(Object.keys(await reencrypt())).toEqual(["accounts"]);
  secrets.rotate("drop", clock.now());
  await loadFor(15, { codesAreGood: false });

  // Let what is under way end.
  for (let n = 0; n < 5; n += 1) await time.step(() => undefined);
  expect(time.faults).toEqual([]);
  expect(time.unfinished()).toBe(0);
  expect(service.replies.filter(({ status }) => status >= 500)).toEqual([]);
}, 300_000);

test("afterwards codes of a dropped key are dead, and who slept through all of it is let in by the app", async () => {
  const { person, app, codes } = sleeper;
  const browser = await challenged(service, person);
  expect(await browser.post("/v1/challenge/recovery-code", { code: codes[0] })).toMatchObject({
    code: "wrong_code",
  });
  expect(await browser.post("/v1/challenge/totp", { code: app.code() })).toMatchObject({
    status: 200,
  });
  const [code] = await newRecoveryCodes(browser);
  const again = await challenged(service, person);
  expect(await again.post("/v1/challenge/recovery-code", { code })).toMatchObject({ status: 200 });
});
