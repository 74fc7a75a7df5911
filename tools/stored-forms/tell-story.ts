import { openAccountChallenge } from "../../lib/contract/accounts.ts";
import { answerTotp, readChallenge } from "../../lib/contract/challenge.ts";
import { addPhone } from "../../lib/contract/phones.ts";
import { beginTelegramLink } from "../../lib/contract/telegram.ts";
import { changeStops } from "../../lib/runtime/dynamo-send-stops.ts";
import type { Browser } from "../../test/support/service-browser.ts";
import { totpCode, wrongCodes } from "../../test/support/service-totp.ts";
import type { MeteredService } from "../cost/metering/metered-service.ts";
import { good, newPerson, type Person } from "../cost/metering/people.ts";
import type { Forms, Held } from "./forms.ts";

/** Brings people into every state that is stored, and returns the items with what the people hold. */
export const tellStory = async (service: MeteredService): Promise<Forms> => {
  const made = {
    bare: await newPerson(service, "bare", {}),
    guessed: await newPerson(service, "guessed", {}),
    app: await newPerson(service, "app", { app: true }),
    telegram: await newPerson(service, "telegram", { app: true, chats: 2 }),
    phone: await newPerson(service, "phone", { app: true, phone: true }),
    host: await newPerson(service, "host", { app: true }),
  };
  // The apps show new codes now. From here on no time passes: grants, calls and pauses are short-lived.
  await service.advance(60);
  const people: Held = {
    bare: await bare(service, made.bare),
    guessed: await guessed(service, made.guessed),
    app: await app(service, made.app),
    telegram: await telegram(service, made.telegram),
    phone: await phone(service, made.phone),
    host: await host(service, made.host),
  };
  await changeStops(service.table, "stop", ["PL"]);
  return { at: service.now(), items: await service.items(), people };
};

const accountOf = ({ id, email, password }: Person) => ({ id, email, password });

const signIn = async (service: MeteredService, { email, password }: Person): Promise<Browser> => {
  const browser = service.browser();
  good(await browser.post("/v1/sign-in", { email, password }));
  return browser;
};

const answer = async (service: MeteredService, browser: Browser, { appSecret }: Person) => {
  const code = totpCode(appSecret, service.now());
  return good(await browser.post("/v1/challenge/totp", { code }));
};

const bare = async (service: MeteredService, person: Person): Promise<Held["bare"]> => {
  const browser = await signIn(service, person);
  return { ...accountOf(person), session: browser.cookie("__Host-session") };
};

const app = async (service: MeteredService, person: Person): Promise<Held["app"]> => {
  const browser = await signIn(service, person);
  await answer(service, browser, person);
  good(await browser.post("/v1/totp", { name: "Tablet" }));
  const other = await signIn(service, person);
  for (const code of wrongCodes(person.appSecret, service.now(), 2)) {
    const { code: problem } = await other.post("/v1/challenge/totp", { code });
    if (problem !== "wrong_code") throw new Error(`A wrong code was answered ${problem}.`);
  }
  const { appSecret, recoveryCodes } = person;
  return {
    ...accountOf(person),
    appSecret,
    recoveryCodes,
    session: browser.cookie("__Host-session"),
    challenge: other.cookie("__Host-challenge"),
  };
};

const telegram = async (service: MeteredService, person: Person): Promise<Held["telegram"]> => {
  const linking = await signIn(service, person);
  await answer(service, linking, person);
  beginTelegramLink.answers[201].parse(good(await linking.post("/v1/telegram")).body);
  const browser = await signIn(service, person);
  await service.settled();
  const { methods } = readChallenge.answers[200].parse(
    good(await browser.get("/v1/challenge")).body,
  );
  const [userId = 0] = person.chats;
  const { messageId, buttons } = service.outside.lastTo(userId);
  return {
    ...accountOf(person),
    challenge: browser.cookie("__Host-challenge"),
    userId,
    messageId,
    choice: buttons.get(methods.telegram?.number ?? "") ?? "",
  };
};

const phone = async (service: MeteredService, person: Person): Promise<Held["phone"]> => {
  const signedIn = await signIn(service, person);
  await answer(service, signedIn, person);
  const { id } = addPhone.answers[201].parse(
    good(await signedIn.post("/v1/phones", { number: "+380671234567" })).body,
  );
  await service.settled();
  const enrolmentCode = service.outside.callCode();
  const browser = await signIn(service, person);
  good(await browser.post("/v1/challenge/call", { numberId: person.phoneId }));
  await service.settled();
  return {
    ...accountOf(person),
    appSecret: person.appSecret,
    challenge: browser.cookie("__Host-challenge"),
    callCode: service.outside.callCode(),
    session: signedIn.cookie("__Host-session"),
    enrolment: id,
    enrolmentCode,
  };
};

const host = async (service: MeteredService, person: Person): Promise<Held["host"]> => {
  const taken = service.browser();
  good(await taken.post("/v1/challenge/open", { token: await asked(service, person) }));
  const { body } = await answer(service, taken, person);
  const { grant = "" } = answerTotp.answers[200].parse(body);
  const token = await asked(service, person);
  return { ...accountOf(person), appSecret: person.appSecret, token, grant };
};

/** The token of a challenge that the host opens. */
const asked = async ({ host }: MeteredService, { id }: Person): Promise<string> => {
  const { body } = good(
    await host.post(`/v1/accounts/${id}/challenges`, { ip: "203.0.113.7", device: "Firefox" }),
  );
  const { challengeUrl } = openAccountChallenge.answers[201].parse(body);
  return new URLSearchParams(new URL(challengeUrl).hash.slice(1)).get("challenge") ?? "";
};

const guessed = async (service: MeteredService, person: Person): Promise<Held["guessed"]> => {
  const browser = service.browser();
  for (let n = 0; n <= service.services.limits.passwords.free; n += 1) {
    await browser.post("/v1/sign-in", { email: person.email, password: `wrong ${n}` });
  }
  return { ...accountOf(person), address: browser.ip };
};
