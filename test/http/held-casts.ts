import { readSession } from "../../lib/contract/sessions.ts";
import type { Account } from "../../lib/account/account.ts";
import { accountOfItem } from "../../lib/runtime/dynamo-account-store.ts";
import { tableOf, type Item } from "../../lib/runtime/dynamo-table.ts";
import { numberOf } from "../support/service-asked.ts";
import type { Browser } from "../support/service-browser.ts";
import { begunApp, begunLink, newPerson, signedIn } from "../support/service-people.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { dynamoSessionStore } from "../../lib/runtime/dynamo-session-store.ts";
import type { Session } from "../../lib/sessions/session.ts";
import type { Worlds } from "../support/service-worlds.ts";
import type { Service } from "../support/service.ts";
import type { Cast } from "./held-requests.ts";
import { newSubject, newTicket, type Subject } from "./valid-requests.ts";

/** A prepared account and whoever is about to send requests; every run gets a copy of its own. */
export type Stage = {
  readonly name: string;
  readonly items: readonly Item[];
  readonly account: Account;
  readonly sessions: readonly Session[];
  readonly cast: Cast;
};

/** Somebody without a second step: the password alone opens a session. */
const plainStage = async (service: Service, worlds: Worlds): Promise<Stage> => {
  const name = "plain";
  const cast = await worlds.run(name, async () => {
    const person = await newPerson(service);
    const owner = await signedIn(service, person);
    const other = await signedIn(service, person);
    const unconfirmedApp = await begunApp(service, owner);
    const link = await begunLink(owner);
    await service.telegram.write(7_000_001, `/start ${link.token}`);
    const subject: Subject = {
      ...nothingYet(service),
      person,
      session: owner,
      other,
      otherSessionId: await sessionIdOf(other),
      unconfirmedApp,
      app: unconfirmedApp,
      linkId: link.id,
      ticket: await newTicket(service, person),
    };
    const asked = { chatId: 0, messageId: 0, right: "" };
    return { ...browsersOf(service, subject), subject, asked };
  });
  return { name, ...(await readStage(service, worlds, name)), cast };
};

/** Somebody with every factor, whose sign-in is under way in the visitor's browser. */
const securedStage = async (service: Service, worlds: Worlds): Promise<Stage> => {
  const name = "secured";
  const cast = await worlds.run(name, async () => {
    const subject = await newSubject(service);
    await service.telegram.runJobs();
    const { chatId = 0, messageId = 0 } = service.telegram.messages.at(-1) ?? {};
    const right = await numberOf(subject.challenge);
    return { ...browsersOf(service, subject), subject, asked: { chatId, messageId, right } };
  });
  return { name, ...(await readStage(service, worlds, name)), cast };
};

/** Another stage, from where one of these ends. */
const later = async (
  service: Service,
  worlds: Worlds,
  from: Stage,
  name: string,
  work: (cast: Cast) => Promise<number>,
): Promise<Stage> => {
  await worlds.copy(from.items, name);
  const owner = from.cast.owner.copy();
  const cast = { ...from.cast, owner, subject: { ...from.cast.subject, session: owner } };
  const status = await worlds.run(name, () => work(cast));
  if (status !== 200) throw new Error(`The stage ${name} was answered ${status}.`);
  return { name, ...(await readStage(service, worlds, name)), cast };
};

/** Every stage, in the order in which they are tried. */
export const prepareStages = async (
  service: Service,
  worlds: Worlds,
): Promise<readonly [Stage, ...Stage[]]> => {
  const plain = await plainStage(service, worlds);
  const secured = await securedStage(service, worlds);
  return [
    plain,
    secured,
    // The visitor's challenge has been answered in Telegram.
    await later(service, worlds, secured, "approved", ({ asked: { chatId, messageId, right } }) =>
      service.telegram.tap(chatId, messageId, right),
    ),
    // The owner has a challenge too.
    await later(service, worlds, secured, "re-authenticating", async ({ owner, subject }) => {
      const { password } = subject.person;
      return (await owner.post("/v1/reauthentication", { password })).status;
    }),
  ];
};

/** Browsers of this run alone. */
export const castFor = ({ cast }: Stage): Cast => {
  const owner = cast.owner.copy();
  const visitor = cast.visitor.copy();
  return {
    ...cast,
    owner,
    visitor,
    other: cast.other.copy(),
    guest: cast.guest.copy(),
    host: cast.host.copy(),
    subject: { ...cast.subject, session: owner, challenge: visitor },
  };
};

const browsersOf = (service: Service, { session, other, challenge }: Subject) => ({
  owner: session,
  visitor: challenge,
  other,
  guest: service.browser(),
  host: service.host,
});

const readStage = async ({ storage }: Service, worlds: Worlds, name: string) => {
  const items = await worlds.read(name);
  const account = items.find((item) => item["sk"] === "account");
  if (!account) throw new Error(`Nobody is on the stage ${name}.`);
  const { value } = accountOfItem(account);
  const table = tableOf(storage.client, storage.tableName);
  const sessions = await worlds.run(name, () =>
    dynamoSessionStore(table, defaultLimits).list(value.id),
  );
  return { items, account: value, sessions };
};

const sessionIdOf = async (browser: Browser): Promise<string> =>
  readSession.answers[200].parse((await browser.get("/v1/session")).body).session.id;

const nothingYet = (
  service: Service,
): Omit<Subject, "person" | "session" | "other" | "app" | "unconfirmedApp"> => ({
  otherSessionId: "",
  challenge: service.browser(),
  recoveryCodes: [],
  telegramId: "none",
  linkId: "none",
  phoneId: "none",
  enrolmentId: "none",
  enrolmentCode: "0000",
  challengeCode: "0000",
  token: "none",
  ticket: "none",
  at: new Date(service.clock.now()).toISOString(),
  grant: "none",
});
