import type { Account } from "../../../lib/account/account.ts";
import { parseTelegramLinkId, type AccountId } from "../../../lib/account/ids.ts";
import { hashToken } from "../../../lib/crypto/token.ts";
import { beginTelegramLink } from "../../../lib/telegram/begin-telegram-link.ts";
import type { Person } from "../../../local/devices/telegram/chats/chat.ts";
import { anAccount } from "../../support/account.ts";
import { accountId } from "../../support/ids.ts";
import { aTelegramAccount, telegramWith } from "../../support/telegram.ts";
import type { BotWorld } from "./bot-world.ts";

let made = 0;

/** Somebody in Telegram who has begun to talk to the bot, and what the bot said then is gone by. */
export const aTelegramPerson = (
  { telegram }: Pick<BotWorld, "telegram">,
  about: Partial<Pick<Person, "name" | "username" | "language">> = {},
): Person => {
  const person = telegram.join({ name: "Ann", ...about });
  telegram.write(person, "/start");
  return person;
};

export type LinkedPerson = { readonly id: AccountId; readonly people: readonly Person[] };

/** An account with Telegram on, and the people in Telegram who may answer for it. */
export const aLinkedPerson = async (
  world: BotWorld,
  count = 1,
  given: Partial<Account> = {},
): Promise<LinkedPerson> => {
  const id = accountId(`account-${(made += 1)}`);
  const people = Array.from({ length: count }, (_, n) =>
    aTelegramPerson(world, { name: `User ${n + 1}` }),
  );
  await world.save(
    anAccount({
      id,
      telegram: {
        ...telegramWith(0),
        accounts: people.map((person, n) => ({
          ...aTelegramAccount(n + 1),
          userId: person.id,
          name: person.name,
        })),
      },
      ...given,
    }),
  );
  return { id, people };
};

/** A new account without Telegram that has begun a link, and the token in its URL. */
export const aBegunLink = async (
  world: BotWorld,
): Promise<{ readonly id: AccountId; readonly token: string }> => {
  const id = accountId(`account-${(made += 1)}`);
  const token = world.services.random(16).toString("base64url");
  const linkId = parseTelegramLinkId(`link-${made}`);
  if (!linkId) throw new Error("Not an id.");
  await world.save(anAccount({ id, email: `ann-${made}@example.com` }));
  const tokenHash = hashToken(token);
  await world.index.put("link", tokenHash, id, world.clock.now() + 600_000);
  await world.decide(id, (account, now) =>
    beginTelegramLink(account, { id: linkId, tokenHash }, now),
  );
  return { id, token };
};
