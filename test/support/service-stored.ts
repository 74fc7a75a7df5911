import type { Account } from "../../lib/account/account.ts";
import type { Service } from "./service.ts";

// Reads what the table really holds, for guarantees that no answer shows.

/** The stored account. */
export const storedAccount = async ({ storage }: Service, id: string): Promise<Account> => {
  const item = (await storage.snapshot()).get(`account#${id} account`);
  if (item === undefined) throw new Error(`No account ${id} is stored.`);
  const attributes = new Map(JSON.parse(item) as [string, { S: string }][]);
  return JSON.parse(attributes.get("account")?.S ?? "") as Account;
};

/** The number of an account's stored sessions, live or not. */
export const storedSessions = async ({ storage }: Service, id: string): Promise<number> =>
  [...(await storage.snapshot()).keys()].filter((key) => key.startsWith(`account#${id} session#`))
    .length;
