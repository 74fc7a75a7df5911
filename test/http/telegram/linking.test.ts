import { expect, test } from "vitest";
import { confirmTelegramLink } from "../../../lib/contract/telegram.ts";
import type { Browser } from "../../support/service-browser.ts";
import { newTelegramUser } from "../../support/service-asked.ts";
import {
  addedApp,
  begunLink,
  challenged,
  linkedTelegram,
  newPerson,
  signedIn,
  signIn,
} from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock } = service;

const someone = async () => {
  const person = await newPerson(service);
  return { person, browser: await signedIn(service, person) };
};
const read = (browser: Browser, id: string) => browser.get(`/v1/telegram/links/${id}`);
const confirm = (browser: Browser, id: string) => browser.post(`/v1/telegram/links/${id}/confirm`);
const accountsOf = async (browser: Browser) =>
  confirmTelegramLink.answers[200].parse((await browser.get("/v1/security")).body).telegram
    .accounts;

test("linking: made on the page, answered in the bot, confirmed on the page; other sessions end", async () => {
  const { person, browser } = await someone();
  const other = await signedIn(service, person);
  const { id, token } = await begunLink(browser);
  expect((await read(browser, id)).body).toEqual({ status: "waiting" });
  expect((await confirm(browser, id)).code).toBe("link_unanswered");

  const user = newTelegramUser();
  await telegram.write(user, `/start ${token}`, "Ann\u202e<b>\u0000");
  expect((await read(browser, id)).body).toEqual({ status: "answered", name: "Ann<b>" });
  // Until the person says that it is them, nothing has changed.
  expect((await browser.get("/v1/security")).body).toMatchObject({
    secondStep: false,
    telegram: { enabled: false, accounts: [] },
  });
  expect((await other.get("/v1/session")).status).toBe(200);

  const confirmed = await confirm(browser, id);
  expect(confirmed.body).toMatchObject({
    secondStep: true,
    telegram: { enabled: true, accounts: [{ name: "Ann<b>", reachable: true }] },
    recentActivity: [{ event: "telegram_linked" }, { event: "signed_in" }, { event: "signed_in" }],
  });
  expect((await read(browser, id)).body).toEqual({ status: "linked", name: "Ann<b>" });
  expect((await other.get("/v1/session")).code).toBe("unauthenticated");
  expect((await confirm(browser, id)).body).toEqual(confirmed.body);
  await challenged(service, person);
});

test("the link is 128 random bits for the bot, drawn as a QR code, and kept nowhere in clear", async () => {
  const { browser } = await someone();
  const { body } = await browser.post("/v1/telegram");
  expect(body).toEqual({
    id: expect.any(String) as unknown,
    url: expect.stringMatching(/^https:\/\/t\.me\/twostep_bot\?start=[\w-]{22}$/) as unknown,
    qr: expect.stringMatching(/^<svg /) as unknown,
    expiresAt: new Date(clock.now() + 600_000).toISOString(),
  });
  const { url } = body as { url: string };
  const table = [...(await service.storage.snapshot())].flat().join("\n");
  expect(table).not.toContain(new URL(url).searchParams.get("start"));
});

test("the first who opens a link is the one that the page shows and links", async () => {
  const { browser } = await someone();
  const { id, token } = await begunLink(browser);
  for (const name of ["First", "Second"]) {
    await telegram.write(newTelegramUser(), `/start ${token}`, name);
  }
  expect((await read(browser, id)).body).toMatchObject({ name: "First" });
  await confirm(browser, id);
  await telegram.write(newTelegramUser(), `/start ${token}`, "Third");
  expect(await accountsOf(browser)).toMatchObject([{ name: "First" }]);
});

test("a new link takes the place of the one before, answered or not", async () => {
  const { browser } = await someone();
  const old = await begunLink(browser);
  await telegram.write(newTelegramUser(), `/start ${old.token}`, "Old");
  const link = await begunLink(browser);
  expect((await read(browser, old.id)).code).toBe("not_found");
  expect((await confirm(browser, old.id)).code).toBe("not_found");
  await telegram.write(newTelegramUser(), `/start ${old.token}`, "Old");
  expect((await read(browser, link.id)).body).toEqual({ status: "waiting" });
  await telegram.write(newTelegramUser(), `/start ${link.token}`, "New");
  await confirm(browser, link.id);
  expect(await accountsOf(browser)).toMatchObject([{ name: "New" }]);
});

test("a link lives ten minutes, answered or not", async () => {
  const [one, two] = [await someone(), await someone()];
  const [answered, silent] = [await begunLink(one.browser), await begunLink(two.browser)];
  clock.advance(599);
  await telegram.write(newTelegramUser(), `/start ${answered.token}`);
  clock.advance(1);
  await telegram.write(newTelegramUser(), `/start ${silent.token}`);
  // Signed in anew, for a session that is ten minutes old confirms nothing.
  for (const [{ person, browser }, { id }] of [
    [one, answered],
    [two, silent],
  ] as const) {
    expect((await confirm(browser, id)).code).toBe("reauthentication_required");
    await signIn(person, browser);
    expect((await read(browser, id)).body).toMatchObject({ status: "expired" });
    expect((await confirm(browser, id)).code).toBe("link_expired");
    expect(await accountsOf(browser)).toEqual([]);
  }
});

test("five accounts are the limit", async () => {
  const { browser } = await someone();
  for (let n = 1; n <= 5; n += 1) {
    await linkedTelegram(service, browser, newTelegramUser());
    expect(await accountsOf(browser)).toHaveLength(n);
  }
  expect((await browser.post("/v1/telegram")).code).toBe("limit_reached");
  const [first] = await accountsOf(browser);
  await browser.delete(`/v1/telegram/accounts/${first?.id ?? ""}`);
  await linkedTelegram(service, browser, newTelegramUser());
  expect(await accountsOf(browser)).toHaveLength(5);
});

test("somebody who is linked again is not linked twice: the same id, with what they are called now", async () => {
  const { browser } = await someone();
  const user = newTelegramUser();
  const id = await linkedTelegram(service, browser, user);
  await linkedTelegram(service, browser, newTelegramUser());
  const link = await begunLink(browser);
  await telegram.write(user, `/start ${link.token}`, "Ann Lee");
  await confirm(browser, link.id);
  const accounts = await accountsOf(browser);
  expect(accounts).toHaveLength(2);
  expect(accounts.find((one) => one.id === id)).toMatchObject({ name: "Ann Lee" });
});

test("two sessions that confirm the same link at once link once, and the first ends the second", async () => {
  const { person, browser } = await someone();
  const other = await signedIn(service, person);
  const { id, token } = await begunLink(browser);
  await telegram.write(newTelegramUser(), `/start ${token}`);
  const replies = await Promise.all([confirm(browser, id), confirm(other, id)]);
  expect(replies.map(({ code, status }) => code ?? status).sort()).toEqual([
    200,
    "unauthenticated",
  ]);
  const winner = replies[0].status === 200 ? browser : other;
  expect(await accountsOf(winner)).toHaveLength(1);
});

test("off keeps the links: the password is enough until it is on again", async () => {
  const { person, browser } = await someone();
  const put = (enabled: boolean) => browser.put("/v1/telegram", { enabled });
  expect((await put(true)).code).toBe("no_telegram_account");
  const id = await linkedTelegram(service, browser, newTelegramUser());
  const off = { secondStep: false, telegram: { enabled: false, accounts: [{ id }] } };
  expect((await put(false)).body).toMatchObject(off);
  const other = await signedIn(service, person);
  expect((await put(false)).body).toMatchObject(off);
  // What changes nothing ends nothing.
  expect((await other.get("/v1/session")).status).toBe(200);
  expect((await put(true)).body).toMatchObject({
    secondStep: true,
    telegram: { enabled: true, accounts: [{ id }] },
    recentActivity: [{ event: "telegram_enabled" }, {}, { event: "telegram_disabled" }, {}, {}],
  });
  expect((await other.get("/v1/session")).code).toBe("unauthenticated");
  await challenged(service, person);
});

test("linking another account switches on what was off", async () => {
  const { browser } = await someone();
  await linkedTelegram(service, browser, newTelegramUser());
  await browser.put("/v1/telegram", { enabled: false });
  await linkedTelegram(service, browser, newTelegramUser());
  expect((await browser.get("/v1/security")).body).toMatchObject({
    telegram: { enabled: true, accounts: [{}, {}] },
  });
});

test("unlinking one of two leaves it on, unlinking the last switches it off", async () => {
  const { person, browser } = await someone();
  const one = await linkedTelegram(service, browser, newTelegramUser());
  const two = await linkedTelegram(service, browser, newTelegramUser());
  const remove = (id: string) => browser.delete(`/v1/telegram/accounts/${id}`);
  expect((await remove(one)).body).toMatchObject({
    secondStep: true,
    telegram: { enabled: true, accounts: [{ id: two }] },
  });
  expect((await remove(one)).code).toBe("not_found");
  expect((await remove(two)).body).toMatchObject({
    secondStep: false,
    telegram: { enabled: false, accounts: [] },
  });
  expect((await browser.put("/v1/telegram", { enabled: true })).code).toBe("no_telegram_account");
  await signedIn(service, person);
});

test("unlinking the last one leaves the second step on where there is an authenticator", async () => {
  const { browser } = await someone();
  await addedApp(service, browser);
  const id = await linkedTelegram(service, browser, newTelegramUser());
  const unlinked = await browser.delete(`/v1/telegram/accounts/${id}`);
  expect(unlinked.body).toMatchObject({ secondStep: true, telegram: { enabled: false } });
});
