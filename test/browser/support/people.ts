import { expect, vi } from "vitest";
import { putAccount } from "../../../local/twostep/put-account.ts";
import { aBrowser, type TestBrowser } from "../../local/support/browser.ts";
import { aPerson as aTelegramUser, type TestPerson } from "../../local/support/people.ts";
import { aPhone, type TestPhone } from "../../local/support/phones.ts";
import { anApp, type App } from "./app.ts";
import { openBot } from "./chat.ts";
import type { World } from "./world.ts";

/** Somebody with an account. */
export type Person = {
  readonly id: string;
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Another browser of theirs, without a page, in which they were signed in when they came to be. */
  readonly elsewhere: TestBrowser;
};

let born = 0;
const nextNumber = () => (born += 1);

/** A new account, as a host makes it. */
export async function aPerson({ url }: World): Promise<Person> {
  const id = `person-${nextNumber()}`;
  const person = { id, email: `${id}@example.com`, password: "correct-horse-battery" };
  const { email, password } = person;
  expect(await putAccount(url, person)).toEqual({ kind: "stored" });
  const elsewhere = aBrowser(url);
  expect((await elsewhere.send("POST", "/v1/sign-in", { email, password })).status).toBe(200);
  return { url, ...person, elsewhere };
}

/** Switches an authenticator app on. */
export async function withApp({ url, elsewhere }: Person): Promise<App> {
  const { body } = await elsewhere.send<{ id: string; secret: string }>("POST", "/v1/totp", {});
  const app = anApp(url, body.secret);
  const code = await app.code();
  expect(await elsewhere.send("POST", `/v1/totp/${body.id}/confirm`, { code })).toMatchObject({
    status: 200,
  });
  return app;
}

/** Links a Telegram account and switches the method on. The chat has one message of the bot then. */
export async function withTelegram({ url, elsewhere }: Person, name = "Ann"): Promise<TestPerson> {
  const chat = await aTelegramUser(url, { name, username: name.toLowerCase(), language: "en" });
  const link = await elsewhere.send<{ id: string; url: string }>("POST", "/v1/telegram");
  await openBot(chat, link.body.url);
  const confirmed = () => elsewhere.send("POST", `/v1/telegram/links/${link.body.id}/confirm`);
  await vi.waitUntil(async () => (await confirmed()).status === 200, { timeout: 10_000 });
  return chat;
}

/** Confirms a phone number by a call; something else must be on already. */
export async function withPhone(
  { url, elsewhere }: Person,
  number = `+38050${String(nextNumber()).padStart(7, "0")}`,
): Promise<TestPhone> {
  const phone = aPhone(url, number);
  const { body } = await elsewhere.send<{ id: string }>("POST", "/v1/phones", { number });
  const code = await phone.called(1);
  expect(await elsewhere.send("POST", `/v1/phones/${body.id}/confirm`, { code })).toMatchObject({
    status: 200,
  });
  return phone;
}

/** Makes recovery codes. */
export async function withRecoveryCodes({ elsewhere }: Person): Promise<readonly string[]> {
  const { body } = await elsewhere.send<{ codes: string[] }>("POST", "/v1/recovery-codes");
  expect(body.codes).toHaveLength(10);
  return body.codes;
}

/** How many sessions they have beside the one that they had from the start. */
export async function sessionsOf({ elsewhere }: Person): Promise<number> {
  const { body } = await elsewhere.send<{ sessions: { current: boolean }[] }>(
    "GET",
    "/v1/sessions",
  );
  return body.sessions.filter(({ current }) => !current).length;
}
