import { expect, test } from "vitest";
import { challengeOf, newTelegramUser } from "../support/service-asked.ts";
import type { Browser } from "../support/service-browser.ts";
import {
  addedPhone,
  challenged,
  linkedTelegram,
  newRecoveryCodes,
  newSecuredPerson,
  signedInTwice,
} from "../support/service-people.ts";
import { startService } from "../support/service.ts";
import { newToken } from "./valid-requests.ts";

const service = await startService();
const { clock, telegram } = service;

/** Somebody with everything that a challenge can show. */
const aPerson = async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  await newRecoveryCodes(browser);
  const user = newTelegramUser();
  await linkedTelegram(service, browser, user);
  await addedPhone(service, browser);
  return { person, browser, app, user };
};

const showsNothing = async (browser: Browser, status: string) => {
  const reply = await browser.get("/v1/challenge");
  expect(reply.body).toMatchObject({ status, methods: {} });
  expect(reply.body).not.toHaveProperty("account");
  expect(reply.text).not.toMatch(/@|\*|recoveryCode|totp|telegram|number/);
};

test("an old challenge cookie reads nothing of the present", async () => {
  const { person, app } = await aPerson();
  const thief = await challenged(service, person);
  const open = await challengeOf(thief);
  expect(open.account).toEqual({ email: person.email });
  expect(Object.keys(open.methods).sort()).toEqual(["phone", "recoveryCode", "telegram", "totp"]);
  expect((await thief.delete("/v1/challenge")).status).toBe(204);
  await showsNothing(thief, "cancelled");

  const owner = await signedInTwice(service, person, app);
  expect((await owner.put("/v1/password", { password: "another good one" })).status).toBe(204);
  clock.advance(24 * 3600);
  await showsNothing(thief, "cancelled");
});

test("a challenge that the password outlived shows nothing while it could still be answered", async () => {
  const { person, browser } = await aPerson();
  const thief = await challenged(service, person);
  await browser.put("/v1/password", { password: "another good one" });
  await showsNothing(thief, "cancelled");
});

test("what a challenge says it is and what completing it says agree", async () => {
  const { person, browser, app, user } = await aPerson();
  const complete = async (one: Browser) => (await one.post("/v1/challenge/complete")).code;
  const approved = async () => {
    const one = await challenged(service, person);
    await telegram.runJobs();
    const { telegram: asked } = (await challengeOf(one)).methods;
    const message = telegram.messages.filter(({ chatId }) => chatId === user).at(-1);
    await telegram.tap(user, message?.messageId ?? 0, asked?.number ?? "");
    expect(await challengeOf(one)).toMatchObject({ status: "approved", account: {} });
    return one;
  };
  const completed = await approved();
  expect((await completed.post("/v1/challenge/complete")).status).toBe(200);
  await showsNothing(completed, "approved");
  expect(await complete(completed)).toBe("challenge_completed");

  const late = await approved();
  clock.advance(600);
  await showsNothing(late, "expired");
  expect(await complete(late)).toBe("challenge_expired");

  const outdated = await approved();
  await signedInTwice(service, person, app, browser);
  expect((await browser.delete("/v1/sessions")).status).toBe(204);
  await showsNothing(outdated, "cancelled");
  expect(await complete(outdated)).toBe("challenge_cancelled");
  // What was completed can be repeated for a minute, and is forgotten then.
  expect((await completed.get("/v1/challenge")).code).toBe("no_challenge");
});

test("a challenge that a host opened shows whose it is to the browser that took it", async () => {
  const { person } = await aPerson();
  const browser = service.browser();
  const { body } = await browser.post("/v1/challenge/open", {
    token: await newToken(service, person, { returnTo: "https://panel.example.com/home" }),
  });
  expect(body).toMatchObject({
    account: { email: person.email },
    returnTo: "https://panel.example.com/home",
  });
  await browser.delete("/v1/challenge");
  await showsNothing(browser, "cancelled");
  expect((await browser.get("/v1/challenge")).body).not.toHaveProperty("returnTo");
});
