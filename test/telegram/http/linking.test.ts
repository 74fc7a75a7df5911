import { expect, test } from "vitest";
import {
  addedApp,
  begunLink,
  linkedTelegram,
  newPerson,
  signedIn,
} from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock } = service;

const someone = async () => {
  const person = await newPerson(service);
  return { person, browser: await signedIn(service, person) };
};

test("linking: made on the page, answered in the bot, confirmed on the page; other sessions end", async () => {
  const { person, browser } = await someone();
  const other = await signedIn(service, person);
  const { id, token } = await begunLink(browser);
  expect((await browser.get(`/v1/telegram/links/${id}`)).body).toEqual({ status: "waiting" });
  expect((await browser.post(`/v1/telegram/links/${id}/confirm`)).code).toBe("link_unanswered");

  await telegram.write(11, `/start ${token}`, "Ann\u202e<b>\u0000");
  expect((await browser.get(`/v1/telegram/links/${id}`)).body).toEqual({
    status: "answered",
    name: "Ann<b>",
  });
  const confirmed = await browser.post(`/v1/telegram/links/${id}/confirm`);
  expect(confirmed.body).toMatchObject({
    secondStep: true,
    telegram: { enabled: true, accounts: [{ name: "Ann<b>", reachable: true }] },
    recentActivity: [{ event: "telegram_linked" }, { event: "signed_in" }, { event: "signed_in" }],
  });
  expect((await browser.get(`/v1/telegram/links/${id}`)).body).toMatchObject({ status: "linked" });
  expect((await other.get("/v1/session")).code).toBe("unauthenticated");
  expect((await browser.post(`/v1/telegram/links/${id}/confirm`)).status).toBe(200);
});

test("the first who opens a link is the one that the page shows", async () => {
  const { browser } = await someone();
  const { id, token } = await begunLink(browser);
  await telegram.write(21, `/start ${token}`, "First");
  await telegram.write(22, `/start ${token}`, "Second");
  expect((await browser.get(`/v1/telegram/links/${id}`)).body).toMatchObject({ name: "First" });
});

test("a new link takes the place of the one before, and a link lives ten minutes", async () => {
  const { browser } = await someone();
  const old = await begunLink(browser);
  const link = await begunLink(browser);
  await telegram.write(31, `/start ${old.token}`);
  expect((await browser.get(`/v1/telegram/links/${old.id}`)).code).toBe("not_found");
  clock.advance(599);
  await telegram.write(31, `/start ${link.token}`);
  clock.advance(1);
  expect((await browser.get(`/v1/telegram/links/${link.id}`)).body).toMatchObject({
    status: "expired",
  });
  const again = await browser.post(`/v1/telegram/links/${link.id}/confirm`);
  expect(again.code).toBe("reauthentication_required");
});

test("five accounts are the limit, and one that is linked again is not linked twice", async () => {
  const { browser } = await someone();
  for (const user of [41, 42, 43, 44]) await linkedTelegram(service, browser, user);
  const again = await linkedTelegram(service, browser, 41);
  const view = await browser.get("/v1/security");
  expect(view.body).toHaveProperty("telegram.accounts.length", 4);
  expect(again).not.toBe("");
  await linkedTelegram(service, browser, 45);
  expect((await browser.post("/v1/telegram")).code).toBe("limit_reached");
});

test("one person in Telegram may answer for several accounts", async () => {
  const [one, two] = [await someone(), await someone()];
  await linkedTelegram(service, one.browser, 51);
  await linkedTelegram(service, two.browser, 51);
  expect((await one.browser.get("/v1/security")).body).toMatchObject({ secondStep: true });
  expect((await two.browser.get("/v1/security")).body).toMatchObject({ secondStep: true });
});

test("off keeps the links, unlinking the last account is off, and on needs an account", async () => {
  const { browser } = await someone();
  expect((await browser.put("/v1/telegram", { enabled: true })).code).toBe("no_telegram_account");
  const id = await linkedTelegram(service, browser, 61);
  await addedApp(service, browser);
  const off = await browser.put("/v1/telegram", { enabled: false });
  expect(off.body).toMatchObject({
    secondStep: true,
    telegram: { enabled: false, accounts: [{ id }] },
  });
  const on = await browser.put("/v1/telegram", { enabled: true });
  expect(on.body).toMatchObject({ telegram: { enabled: true } });
  const unlinked = await browser.delete(`/v1/telegram/accounts/${id}`);
  expect(unlinked.body).toMatchObject({ telegram: { enabled: false, accounts: [] } });
  expect((await browser.delete(`/v1/telegram/accounts/${id}`)).code).toBe("not_found");
});
