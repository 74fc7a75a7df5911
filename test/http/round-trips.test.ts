import { describe, expect, test } from "vitest";
import { contracts } from "../../lib/contract/all.ts";
import type { Reply } from "../support/service-browser.ts";
import { asked, lastTo, newLinkedPerson, numberOf } from "../support/service-asked.ts";
import {
  addedApp,
  challenged,
  newPerson,
  newSecuredPerson,
  signedIn,
  signIn,
} from "../support/service-people.ts";
import { roundTrips } from "../support/round-trips.ts";
import { startService } from "../support/service.ts";
import { copiedSubjects } from "./copied-subjects.ts";
import { sendValid, senderOf, validRequest } from "./valid-requests.ts";

const service = await startService();
const { clock, storage, telegram } = service;
const subjects = await copiedSubjects(service);

const trips = ({ calls }: Reply) => roundTrips(calls);
const commands = ({ calls }: Reply) => calls.map(({ command }) => command);

/** How often a right request of each route waits for the storage: what people wait for, and what it costs. */
const budgets: Readonly<Record<string, number>> = {
  signIn: 3,
  readChallenge: 1,
  openChallenge: 2,
  answerTotp: 3,
  answerRecoveryCode: 3,
  completeChallenge: 1,
  cancelChallenge: 2,
  readSession: 1,
  signOut: 0,
  reauthenticate: 4,
  changePassword: 2,
  listSessions: 2,
  endSession: 2,
  endOtherSessions: 2,
  readSecurity: 1,
  enrolTotp: 2,
  confirmTotp: 2,
  removeTotp: 2,
  createRecoveryCodes: 2,
  promptTelegram: 2,
  beginTelegramLink: 3,
  readTelegramLink: 1,
  confirmTelegramLink: 2,
  switchTelegram: 2,
  unlinkTelegram: 2,
  requestCall: 2,
  answerPhoneCode: 3,
  addPhone: 2,
  callPhone: 2,
  confirmPhone: 2,
  removePhone: 2,
  readHealth: 1,
  readTime: 0,
  putAccount: 3,
  readAccount: 1,
  openAccountChallenge: 2,
  readAccountChallenge: 1,
  cancelAccountChallenge: 2,
  createAccountSession: 2,
  endAccountSessions: 2,
  openSession: 2,
  redeemGrant: 2,
  resetAccount: 2,
};

describe("each route keeps its budget of sequential round trips", () => {
  const table: string[] = [];

  test.each(contracts)("$method $path", async (contract) => {
    const reply = await subjects.withOne((subject) => {
      const request = validRequest(contract, subject);
      return sendValid(contract, request, senderOf(contract, subject, service));
    });
    const { method, path, operation } = contract;
    table.push(
      `${String(trips(reply)).padStart(2)}  ${`${method} ${path}`.padEnd(38)} ${commands(reply).join(" ")}`,
    );
    expect(trips(reply)).toBe(budgets[operation]);
  });

  test("and all of them at a glance", () => {
    console.log(table.join("\n"));
    expect(table).toHaveLength(contracts.length);
  });
});

test("a password step takes three round trips, and a fourth for the session where no second step follows", async () => {
  const { person } = await newSecuredPerson(service);
  const second = await signIn(person, service.browser());
  expect(second.body).toMatchObject({ status: "second_step" });
  expect(trips(second)).toBe(3);
  const first = await signIn(await newPerson(service), service.browser());
  expect(first.body).toEqual({ status: "signed_in" });
  expect(trips(first)).toBe(4);
});

test("a wrong password and an unknown mail are the same calls in the same order", async () => {
  const person = await newPerson(service);
  const { person: secured } = await newSecuredPerson(service);
  const passwordless = { ...person, id: "no-password", email: "no-password@example.com" };
  await service.host.put("/v1/accounts/no-password", { email: passwordless.email });
  const tries = [person, secured, passwordless, { ...person, email: "nobody@example.com" }];
  const shapes = [];
  for (const one of tries) {
    const reply = await signIn({ ...one, password: "wrong" }, service.browser());
    expect(reply.code).toBe("invalid_credentials");
    expect(trips(reply)).toBe(2);
    // Beside the commands also which ran side by side: by the order of their beginnings and endings.
    const first = Math.min(...reply.calls.map(({ began }) => began));
    const inputs = reply.calls.map(({ input }) => Object.keys(input).sort());
    shapes.push([commands(reply), inputs, reply.calls.map(({ began }) => began - first < 3)]);
  }
  for (const shape of shapes) expect(shape).toEqual(shapes[0]);
});

test("a paused password costs one round trip more than nothing", async () => {
  const person = await newPerson(service);
  const browser = service.browser();
  for (let i = 0; i < 5; i += 1) await signIn({ ...person, password: "wrong" }, browser);
  const paused = await signIn(person, browser);
  expect(paused.code).toBe("too_many_attempts");
  expect(trips(paused)).toBeLessThanOrEqual(2);
});

test("a right code takes three round trips, a wrong one two", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const wrong = await browser.post("/v1/challenge/totp", { code: app.wrong() });
  expect(wrong.code).toBe("wrong_code");
  expect(trips(wrong)).toBe(2);
  const right = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(right.status).toBe(200);
  expect(trips(right)).toBe(3);
});

test("with Telegram a password step takes three as well, and so does a code", async () => {
  const { person, owner } = await newLinkedPerson(service);
  const app = await addedApp(service, owner);
  const browser = service.browser();
  const asking = await signIn(person, browser);
  expect(asking.body).toMatchObject({ challenge: { methods: { telegram: {}, totp: {} } } });
  expect(trips(asking)).toBe(3);
  const code = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(code.status).toBe(200);
  expect(trips(code)).toBe(3);
});

test("a tap takes three round trips, collecting what it approved three, and waiting for it one", async () => {
  const { person, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const browser = await asked(service, person);
  const waiting = await browser.post("/v1/challenge/complete");
  expect(waiting.code).toBe("challenge_pending");
  expect(trips(waiting)).toBe(1);
  const [number, { messageId }] = [await numberOf(browser), lastTo(service, chat)];
  const tapped = await storage.meter(() => telegram.tap(chat, messageId, number));
  expect(roundTrips(tapped.calls)).toBe(3);
  const collected = await browser.post("/v1/challenge/complete");
  expect(collected.status).toBe(200);
  expect(trips(collected)).toBe(3);
  // Late and repeated taps write nothing.
  const late = await storage.meter(() => telegram.tap(chat, messageId, number));
  expect(late.calls.map(({ command }) => command)).toEqual(["GetItem", "GetItem"]);
});

test("a request to five accounts costs two saves and one index item, as one to a single account", async () => {
  for (const accounts of [1, 5]) {
    const { person } = await newLinkedPerson(service, accounts);
    await telegram.runJobs();
    await challenged(service, person);
    const { calls } = await storage.meter(telegram.runJobs);
    expect(calls.filter(({ command }) => command === "PutItem")).toHaveLength(3);
    expect(roundTrips(calls)).toBe(5);
  }
});

test("noting that a session was used adds one round trip every five minutes", async () => {
  const browser = await signedIn(service, await newPerson(service));
  expect(commands(await browser.get("/v1/session"))).toEqual(["BatchGetItem"]);
  clock.advance(300);
  expect(commands(await browser.get("/v1/session"))).toEqual(["BatchGetItem", "UpdateItem"]);
  expect(commands(await browser.get("/v1/session"))).toEqual(["BatchGetItem"]);
});

test("what is malformed or comes without a cookie costs no call", async () => {
  const browser = service.browser();
  expect((await browser.post("/v1/sign-in", { email: "no mail" })).calls).toEqual([]);
  expect((await browser.get("/v1/session")).calls).toEqual([]);
  expect((await browser.get("/v1/challenge")).calls).toEqual([]);
});
