import { newAccount, type Account } from "../../lib/account/account.ts";
import type { Client } from "../../lib/account/client.ts";
import { accountId } from "./ids.ts";
import { hour, noon } from "./time.ts";

export const aClient = (given: Partial<Client> = {}): Client => ({
  ip: "192.0.2.7",
  device: "Firefox on Linux",
  ...given,
});

/** Ann's account. By default it has neither a password nor a second step. */
export const anAccount = (given: Partial<Account> = {}): Account => ({
  ...newAccount({ id: accountId("ann"), createdAt: noon - hour, email: "ann@example.com" }),
  ...given,
});
