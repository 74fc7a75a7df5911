import { expect, test } from "vitest";
import {
  approve,
  asked,
  challengeOf,
  lastTo,
  messagesTo,
  newAsked,
  newLinkedPerson,
  newTelegramUser,
  notMe,
  numberOf,
  statusOf,
  tap,
  wrongNumber,
} from "../../support/service-asked.ts";
import { addedApp, linkedTelegram, newPerson, signedIn } from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock } = service;

const passwordKnown = async (owner: Awaited<ReturnType<typeof signedIn>>) =>
  ((await owner.get("/v1/security")).body as { passwordKnown: boolean }).passwordKnown;

test("the first answer is final, from whichever account", async () => {
  const { browser, chats } = await newAsked(service, 3);
  const [first = 0, second = 0, third = 0] = chats;
  const [number, wrong] = [await numberOf(browser), await wrongNumber(service, browser, third)];
  await tap(service, second, number);
  expect(await statusOf(browser)).toBe("approved");
  await tap(service, first, notMe);
  await tap(service, third, wrong);
  await tap(service, second, notMe);
  expect(await statusOf(browser)).toBe("approved");
  expect((await browser.post("/v1/challenge/complete")).status).toBe(200);
});

test("a wrong number denies at once and finally, without a word about the password", async () => {
  const { browser, chats, owner } = await newAsked(service, 2);
  const [first = 0, second = 0] = chats;
  const number = await numberOf(browser);
  await tap(service, first, await wrongNumber(service, browser, first));
  expect(await statusOf(browser)).toBe("denied");
  await tap(service, second, number);
  await tap(service, first, number);
  expect(await statusOf(browser)).toBe("denied");
  expect((await owner.get("/v1/security")).body).toMatchObject({
    passwordKnown: false,
    recentActivity: [
      { event: "sign_in_denied", ip: browser.ip, device: "Firefox on Windows" },
      { event: "telegram_linked", times: 2 },
      { event: "signed_in" },
    ],
  });
});

test("'not me' notes that the password is known, until it is changed", async () => {
  const { person, browser, chats, owner } = await newAsked(service);
  const [chat = 0] = chats;
  await tap(service, chat, notMe);
  expect(await statusOf(browser)).toBe("denied");
  expect((await owner.get("/v1/security")).body).toMatchObject({
    passwordKnown: true,
    recentActivity: [{ event: "password_known" }, { event: "sign_in_denied" }, {}, {}],
  });
  // Signing in does not make the password a secret again.
  const next = await asked(service, person);
  await approve(service, next, chat);
  await next.post("/v1/challenge/complete");
  expect(await passwordKnown(next)).toBe(true);
  expect((await next.put("/v1/password", { password: "a new good one" })).status).toBe(204);
  expect(await passwordKnown(next)).toBe(false);
});

test("a password that the host sets clears the mark as well", async () => {
  const { person, chats } = await newAsked(service);
  await tap(service, chats[0] ?? 0, notMe);
  const { id, email } = person;
  const read = async () => (await service.host.get(`/v1/accounts/${id}`)).body;
  expect(await read()).toMatchObject({ passwordKnown: true });
  await service.host.put(`/v1/accounts/${id}`, { email, password: "set by the host" });
  expect(await read()).toMatchObject({ passwordKnown: false });
});

test("two denials in a row pause asking for 15 minutes, and nothing else", async () => {
  const { person, owner, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const app = await addedApp(service, owner);
  for (let denial = 1; denial <= 2; denial += 1) {
    const browser = await asked(service, person);
    await tap(service, chat, await wrongNumber(service, browser, chat));
  }
  const paused = await asked(service, person);
  expect(messagesTo(service, chat)).toHaveLength(2);
  expect((await challengeOf(paused)).methods).toMatchObject({
    telegram: { resendAt: new Date(clock.now() + 900_000).toISOString(), accounts: [] },
    totp: { digits: 6 },
  });
  expect((await paused.post("/v1/challenge/telegram")).body).toMatchObject({ retryAfter: 900 });
  clock.advance(840);
  const waiting = await asked(service, person);
  expect((await waiting.post("/v1/challenge/telegram")).body).toMatchObject({ retryAfter: 60 });
  clock.advance(60);
  expect((await waiting.post("/v1/challenge/telegram")).status).toBe(202);
  await telegram.runJobs();
  expect(messagesTo(service, chat)).toHaveLength(3);
  // Another denial is the third in a row.
  await tap(service, chat, notMe);
  const again = await asked(service, person);
  expect((await again.post("/v1/challenge/telegram")).body).toMatchObject({ retryAfter: 900 });
  expect((await again.post("/v1/challenge/totp", { code: app.nextCode() })).status).toBe(200);
  // Success ends the row and the pause with it.
  await asked(service, person);
  expect(messagesTo(service, chat)).toHaveLength(4);
});

test("a denial, a success and a denial are not two in a row", async () => {
  const { person, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  await asked(service, person);
  await tap(service, chat, notMe);
  await approve(service, await asked(service, person), chat);
  await asked(service, person);
  await tap(service, chat, notMe);
  await asked(service, person);
  expect(messagesTo(service, chat)).toHaveLength(4);
});

test("one Telegram account of two people's accounts answers each for itself", async () => {
  const chat = newTelegramUser();
  const [one, two] = [await newPerson(service), await newPerson(service)];
  for (const person of [one, two]) {
    await linkedTelegram(service, await signedIn(service, person), chat);
  }
  const first = await asked(service, one);
  const second = await asked(service, two);
  expect(messagesTo(service, chat)).toHaveLength(2);
  const [message] = messagesTo(service, chat);
  await approve(service, second, chat);
  expect([await statusOf(first), await statusOf(second)]).toEqual(["pending", "approved"]);
  await telegram.tap(chat, message?.messageId ?? 0, notMe);
  expect([await statusOf(first), await statusOf(second)]).toEqual(["denied", "approved"]);
});

test("nobody else's tap counts: a stranger's, or another account's", async () => {
  const { browser, chats, owner } = await newAsked(service);
  const other = await newAsked(service);
  const { messageId } = lastTo(service, chats[0] ?? 0);
  const before = (await owner.get("/v1/security")).body;
  for (const user of [newTelegramUser(), other.chats[0] ?? 0]) {
    expect(await telegram.tap(user, messageId, await numberOf(browser))).toBe(200);
    expect(await telegram.tap(user, messageId, notMe)).toBe(200);
  }
  expect(await statusOf(browser)).toBe("pending");
  expect(await statusOf(other.browser)).toBe("pending");
  expect((await owner.get("/v1/security")).body).toEqual(before);
});

test("an account that was unlinked answers nothing any more", async () => {
  const { person, owner, chats } = await newLinkedPerson(service, 2);
  const [gone = 0, stays = 0] = chats;
  const browser = await asked(service, person);
  const number = await numberOf(browser);
  const { accounts } = (await challengeOf(browser)).methods.telegram ?? { accounts: [] };
  expect((await owner.delete(`/v1/telegram/accounts/${accounts[0]?.id ?? ""}`)).status).toBe(200);
  expect(await statusOf(browser)).toBe("cancelled");
  await tap(service, gone, number);
  await tap(service, stays, number);
  expect((await browser.post("/v1/challenge/complete")).code).toBe("challenge_cancelled");
  const next = await asked(service, person);
  expect(messagesTo(service, gone)).toHaveLength(1);
  await approve(service, next, stays);
  expect((await next.post("/v1/challenge/complete")).status).toBe(200);
});
