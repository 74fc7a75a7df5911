import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { addPhone } from "../../lib/contract/phones.ts";
import { createRecoveryCodes } from "../../lib/contract/recovery-codes.ts";
import { beginTelegramLink, confirmTelegramLink } from "../../lib/contract/telegram.ts";
import { enrolTotp } from "../../lib/contract/totp.ts";
import type { Browser } from "./service-browser.ts";
import type { Service } from "./service.ts";
import { totpCode, wrongCodes } from "./service-totp.ts";

export type Person = { readonly id: string; readonly email: string; readonly password: string };

export type AuthenticatorApp = {
  readonly id: string;
  readonly secret: string;
  /** The code that the app shows now. */
  readonly code: () => string;
  /** Moves the clock by half a minute and returns the new code, because each code works once. */
  readonly nextCode: () => string;
  readonly wrong: () => string;
  readonly manyWrong: (count: number) => string[];
};

/** Makes a person with an account, which the host creates. */
export const newPerson = async (
  { host }: Service,
  given: Partial<Person> = {},
): Promise<Person> => {
  const word = randomUUID().slice(0, 8);
  const person = {
    id: `person-${word}`,
    email: `ann-${word}@example.com`,
    password: `correct horse ${word}`,
    ...given,
  };
  const { email, password } = person;
  expect(await host.put(`/v1/accounts/${person.id}`, { email, password })).toMatchObject({
    status: 201,
  });
  return person;
};

export const signIn = ({ email, password }: Person, browser: Browser) =>
  browser.post("/v1/sign-in", { email, password });

/** Signs the person in by password alone and returns their browser. */
export const signedIn = async (
  service: Service,
  person: Person,
  browser: Browser = service.browser(),
): Promise<Browser> => {
  expect((await signIn(person, browser)).body).toEqual({ status: "signed_in" });
  return browser;
};

/** Opens a challenge of the person and returns its browser. */
export const challenged = async (
  service: Service,
  person: Person,
  browser: Browser = service.browser(),
): Promise<Browser> => {
  expect((await signIn(person, browser)).body).toMatchObject({ status: "second_step" });
  return browser;
};

/** Signs the person in by both steps and returns their browser. */
export const signedInTwice = async (
  service: Service,
  person: Person,
  app: AuthenticatorApp,
  browser: Browser = service.browser(),
): Promise<Browser> => {
  await challenged(service, person, browser);
  expect(await browser.post("/v1/challenge/totp", { code: app.nextCode() })).toMatchObject({
    status: 200,
    body: { status: "signed_in" },
  });
  return browser;
};

/** Begins to enrol an authenticator app and does not confirm it. */
export const begunApp = async (
  { clock }: Service,
  browser: Browser,
  name = "Phone",
): Promise<AuthenticatorApp> => {
  const { body } = await browser.post("/v1/totp", { name });
  const { id, secret } = enrolTotp.answers[201].parse(body);
  const code = () => totpCode(secret, clock.now());
  return {
    id,
    secret,
    code,
    nextCode() {
      clock.advance(30);
      return code();
    },
    wrong: () => wrongCodes(secret, clock.now(), 1)[0] ?? "",
    manyWrong: (count) => wrongCodes(secret, clock.now(), count),
  };
};

/** Adds an authenticator app in a browser with a fresh session. */
export const addedApp = async (service: Service, browser: Browser): Promise<AuthenticatorApp> => {
  const app = await begunApp(service, browser);
  const confirmed = await browser.post(`/v1/totp/${app.id}/confirm`, { code: app.code() });
  expect(confirmed).toMatchObject({ status: 200, body: { secondStep: true } });
  return app;
};

export const newRecoveryCodes = async (browser: Browser): Promise<string[]> =>
  createRecoveryCodes.answers[201].parse((await browser.post("/v1/recovery-codes")).body).codes;

/** Makes a person whose second step is on and who is signed in in `browser`. */
export const newSecuredPerson = async (service: Service) => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  return { person, browser, app: await addedApp(service, browser) };
};

/** Begins a link that waits for an answer in Telegram. */
export const begunLink = async (browser: Browser): Promise<{ id: string; token: string }> => {
  const { id, url } = beginTelegramLink.answers[201].parse(
    (await browser.post("/v1/telegram")).body,
  );
  return { id, token: new URL(url).searchParams.get("start") ?? "" };
};

/** Links a Telegram user in a browser with a fresh session. Returns the id of the linked account. */
export const linkedTelegram = async (
  { telegram }: Service,
  browser: Browser,
  userId: number,
): Promise<string> => {
  const { id, token } = await begunLink(browser);
  await telegram.write(userId, `/start ${token}`);
  const { body } = await browser.post(`/v1/telegram/links/${id}/confirm`);
  const view = confirmTelegramLink.answers[200].parse(body);
  return view.telegram.accounts.at(-1)?.id ?? "";
};

/** Begins to enrol a number and places its call. Returns the enrolment's id and the call's code. */
export const begunPhone = async (
  service: Service,
  browser: Browser,
  number: string,
): Promise<{ id: string; code: string }> => {
  const { id } = addPhone.answers[201].parse((await browser.post("/v1/phones", { number })).body);
  return { id, code: await placeCalls(service) };
};

/** Adds a confirmed number. Returns its id. */
export const addedPhone = async (service: Service, browser: Browser): Promise<string> => {
  const { id, code } = await begunPhone(service, browser, "+380501234542");
  const confirmed = await browser.post(`/v1/phones/${id}/confirm`, { code });
  expect(confirmed).toMatchObject({ status: 200 });
  return id;
};

/** Places the call of the execution that the service started last. Returns the call's code. */
export const placeCalls = (service: Service): Promise<string> => service.phone.runTask();
