import { readChallenge } from "../../lib/contract/challenge.ts";
import type { Browser } from "./service-browser.ts";
import { challenged, linkedTelegram, newPerson, signedIn, type Person } from "./service-people.ts";
import type { SentMessage } from "./service-telegram.ts";
import type { Service } from "./service.ts";

let users = 1000;

export const newTelegramUser = (): number => (users += 1);

/** A person who confirms their sign-ins in Telegram. */
export type Linked = {
  readonly person: Person;
  /** A browser with a fresh session. */
  readonly owner: Browser;
  /** The linked Telegram users. */
  readonly chats: readonly number[];
};

/** Makes a person with `accounts` linked Telegram accounts. These accounts have got the notices about the links. */
export const newLinkedPerson = async (service: Service, accounts = 1): Promise<Linked> => {
  const person = await newPerson(service);
  const owner = await signedIn(service, person);
  const chats = Array.from({ length: accounts }, newTelegramUser);
  for (const chat of chats) await linkedTelegram(service, owner, chat);
  await service.telegram.runJobs();
  return { person, owner, chats };
};

/** Makes a browser with a challenge of the person. The prompts are in all their chats. */
export const asked = async (service: Service, person: Person): Promise<Browser> => {
  const browser = await challenged(service, person);
  await service.telegram.runJobs();
  return browser;
};

/** Makes both: a person with `accounts` linked accounts, and a browser whose prompts are in all their chats. */
export const newAsked = async (
  service: Service,
  accounts = 1,
): Promise<Linked & { readonly browser: Browser }> => {
  const linked = await newLinkedPerson(service, accounts);
  return { ...linked, browser: await asked(service, linked.person) };
};

/** The challenge as its browser sees it now. */
export const challengeOf = async (browser: Browser) =>
  readChallenge.answers[200].parse((await browser.get("/v1/challenge")).body);

export const statusOf = async (browser: Browser) => (await challengeOf(browser)).status;

/** The number that the page shows. */
export const numberOf = async (browser: Browser): Promise<string> => {
  const { telegram } = (await challengeOf(browser)).methods;
  if (!telegram) throw new Error("The page shows no number.");
  return telegram.number;
};

export const notMe = "No, it's not me";

export const messagesTo = ({ telegram }: Service, chat: number): SentMessage[] =>
  telegram.messages.filter(({ chatId }) => chatId === chat);

export const lastTo = (service: Service, chat: number): SentMessage => {
  const message = messagesTo(service, chat).at(-1);
  if (!message) throw new Error(`Nothing was sent to ${chat}.`);
  return message;
};

/** Taps the button with this text on the last message there. */
export const tap = (service: Service, chat: number, button: string): Promise<number> =>
  service.telegram.tap(chat, lastTo(service, chat).messageId, button);

/** Taps the right number there. */
export const approve = async (service: Service, browser: Browser, chat: number) =>
  tap(service, chat, await numberOf(browser));

/** One of the numbers on the last message there that the page does not show. */
export const wrongNumber = async (
  service: Service,
  browser: Browser,
  chat: number,
): Promise<string> => {
  const right = await numberOf(browser);
  const wrong = lastTo(service, chat).buttons[0]?.find(({ text }) => text !== right);
  if (!wrong) throw new Error("There is no wrong number.");
  return wrong.text;
};
