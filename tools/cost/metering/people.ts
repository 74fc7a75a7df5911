import { parseAccountId } from "../../../lib/account/ids.ts";
import { addPhone } from "../../../lib/contract/phones.ts";
import { createRecoveryCodes } from "../../../lib/contract/recovery-codes.ts";
import { beginTelegramLink } from "../../../lib/contract/telegram.ts";
import { enrolTotp } from "../../../lib/contract/totp.ts";
import type { Browser, Reply } from "../../../test/support/service-browser.ts";
import { totpCode } from "../../../test/support/service-totp.ts";
import type { MeteredService } from "./metered-service.ts";

/** A person with an account and its factors. */
export type Person = {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  /** The linked Telegram users. */
  readonly chats: readonly number[];
  readonly appSecret: string;
  readonly phoneId: string;
  /** The recovery codes that are left. */
  readonly recoveryCodes: string[];
};

export type Factors = { readonly app?: true; readonly chats?: number; readonly phone?: true };

/** Returns a successful answer. Throws for any other, because the meter must not count a failed run. */
export const good = (reply: Reply): Reply => {
  if (reply.status >= 300) throw new Error(`${reply.status} ${reply.text}`);
  return reply;
};

/** Makes a person with these factors. The person has recovery codes too if they have an app or Telegram. */
export const newPerson = async (
  service: MeteredService,
  name: string,
  { app, chats = 0, phone }: Factors,
): Promise<Person> => {
  const person = {
    id: `person-${name}`.padEnd(26, "0"),
    email: `ann.${name}@mail.example.com`.padStart(30, "a"),
    password: "correct horse battery staple",
  };
  const { email, password } = person;
  good(await service.host.put(`/v1/accounts/${person.id}`, { email, password, locale: "en" }));
  const browser = service.browser();
  good(await browser.post("/v1/sign-in", { email, password }));
  const appSecret = app ? await addApp(service, browser) : "";
  const users = Array.from({ length: chats }, (_, i) => 5_000_000_000 + i);
  for (const user of users) await link(service, browser, user);
  const phoneId = phone ? await addNumber(service, browser) : "";
  const recoveryCodes = app || chats > 0 ? await newCodes(browser) : [];
  await fillActivity(service, person.id);
  return { ...person, chats: users, appSecret, phoneId, recoveryCodes };
};

const addApp = async (service: MeteredService, browser: Browser): Promise<string> => {
  const { id, secret } = enrolTotp.answers[201].parse(
    good(await browser.post("/v1/totp", { name: "Phone" })).body,
  );
  good(await browser.post(`/v1/totp/${id}/confirm`, { code: totpCode(secret, service.now()) }));
  return secret;
};

const link = async (service: MeteredService, browser: Browser, user: number): Promise<void> => {
  const { id, url } = beginTelegramLink.answers[201].parse(
    good(await browser.post("/v1/telegram")).body,
  );
  await service.start(user, new URL(url).searchParams.get("start") ?? "");
  good(await browser.post(`/v1/telegram/links/${id}/confirm`));
};

const addNumber = async (service: MeteredService, browser: Browser): Promise<string> => {
  const number = "+380501234542";
  const { id } = addPhone.answers[201].parse(
    good(await browser.post("/v1/phones", { number })).body,
  );
  await service.settled();
  const code = service.outside.callCode();
  good(await browser.post(`/v1/phones/${id}/confirm`, { code }));
  return id;
};

const newCodes = async (browser: Browser): Promise<string[]> =>
  createRecoveryCodes.answers[201].parse(good(await browser.post("/v1/recovery-codes")).body).codes;

/** Fills recent activity, as some weeks of sign-ins do. The account then has its lasting size. */
const fillActivity = async ({ services }: MeteredService, id: string): Promise<void> => {
  const accountId = parseAccountId(id);
  const loaded = accountId && (await services.accounts.load(accountId));
  const entry = loaded?.value.activity.signIns[0];
  if (!loaded || !entry) throw new Error("An account without activity.");
  const entries = Array<typeof entry>(services.limits.activityEntries).fill({
    ...entry,
    event: "signed_in",
  });
  const activity = { ...loaded.value.activity, signIns: entries };
  const account = { ...loaded.value, activity };
  await services.accounts.save(account, loaded.version, services.newVersion());
};
