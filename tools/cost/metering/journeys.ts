import { readChallenge } from "../../../lib/contract/challenge.ts";
import { totpCode } from "../../../test/support/service-totp.ts";
import type { Browser } from "../../../test/support/service-browser.ts";
import { people } from "../assumptions.ts";
import type { MeteredService } from "./metered-service.ts";
import type { Factors, Person } from "./people.ts";
import { openSignInPage, type SignInPage } from "./sign-in-page.ts";

/** A way to sign in, with the factors of the person. */
export type Journey = {
  readonly name: string;
  readonly who: Factors;
  /** Returns the browser that is signed in. */
  readonly go: (service: MeteredService, person: Person) => Promise<Browser>;
};

const secondStep = async (service: MeteredService, person: Person): Promise<SignInPage> => {
  const page = await openSignInPage(service);
  await page.signIn(person);
  await page.beginSecondStep();
  return page;
};

const withApp: Journey["go"] = async (service, person) => {
  const page = await secondStep(service, person);
  await page.pass(people.appCodeAfterSeconds);
  await page.post("/v1/challenge/totp", { code: totpCode(person.appSecret, service.now()) });
  return page.browser;
};

/** The person taps in the first of their chats. */
const withTelegram: Journey["go"] = async (service, person) => {
  const page = await openSignInPage(service);
  const { body } = await page.signIn(person);
  const challenge = readChallenge.answers[200].parse((body as { challenge: unknown }).challenge);
  await page.beginSecondStep();
  await page.pass(people.tapAfterSeconds);
  const [chat = 0] = person.chats;
  const { messageId, buttons } = service.outside.lastTo(chat);
  const data = buttons.get(challenge.methods.telegram?.number ?? "") ?? "";
  await service.tap(chat, messageId, data);
  await page.pass(people.tapAfterSeconds);
  await page.post("/v1/challenge/complete");
  return page.browser;
};

const askForCall = async (page: SignInPage, { phoneId }: Person): Promise<void> => {
  await page.post("/v1/challenge/call", { numberId: phoneId });
  await page.hurry();
};

const withCall: Journey["go"] = async (service, person) => {
  const page = await secondStep(service, person);
  await askForCall(page, person);
  await page.pass(people.phoneCodeAfterSeconds);
  await page.post("/v1/challenge/code", { code: service.outside.callCode() });
  return page.browser;
};

/** How long the state machine waits before it retries a task. */
const retrySeconds = 1;

/** No call arrives. The person asks for each next call, and then for the SMS, as soon as the service allows it. */
const withSms: Journey["go"] = async (service, person) => {
  const page = await secondStep(service, person);
  const { calls, callAgainSeconds } = service.services.limits.fallback;
  for (let call = 0; call < calls; call += 1) {
    await askForCall(page, person);
    await page.pass(callAgainSeconds + retrySeconds);
  }
  await askForCall(page, person);
  await page.pass(people.phoneCodeAfterSeconds);
  await page.post("/v1/challenge/code", { code: service.smsCode() });
  return page.browser;
};

const withRecoveryCode: Journey["go"] = async (service, person) => {
  const page = await secondStep(service, person);
  await page.pass(people.recoveryCodeAfterSeconds);
  await page.post("/v1/challenge/recovery-code", { code: person.recoveryCodes.pop() });
  return page.browser;
};

const passwordOnly: Journey["go"] = async (service, person) => {
  const page = await openSignInPage(service);
  await page.signIn(person);
  return page.browser;
};

/** Every way to sign in. */
export const signIns = {
  password: { name: "password only", who: {}, go: passwordOnly },
  app: { name: "authenticator app", who: { app: true }, go: withApp },
  appBesideTelegram: {
    name: "app, Telegram linked too",
    who: { app: true, chats: 1 },
    go: withApp,
  },
  telegram: { name: "Telegram", who: { chats: 1 }, go: withTelegram },
  telegramTwice: { name: "Telegram, two accounts", who: { chats: 2 }, go: withTelegram },
  call: { name: "call", who: { app: true, phone: true }, go: withCall },
  sms: { name: "3 calls, then SMS", who: { app: true, phone: true }, go: withSms },
  recoveryCode: { name: "recovery code", who: { app: true }, go: withRecoveryCode },
} as const satisfies Record<string, Journey>;

export type SignIn = keyof typeof signIns;
