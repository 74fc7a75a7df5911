import { newAccount, type Account } from "../../lib/account/account.ts";
import { isOrFollows } from "../../lib/account/account-store.ts";
import { claimMail, type Claiming } from "../../lib/account/claim-mail.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import { mailKeys } from "../../lib/account/mail-index.ts";
import type * as contracts from "../../lib/contract/accounts.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { Request } from "../../lib/http/route.ts";
import type { AccountChange } from "./change-account.ts";

type Creating = Pick<Request<typeof contracts.putAccount>, "services" | "now" | "caller">;

/**
 * Creates an account that its mail can find. It claims the mail first: an account that nobody can find would be worse
 * than a claim without an account, which another account may take over after a minute.
 *
 * @returns "taken": another account has the mail; undefined: the account was created meanwhile.
 */
export const createAccount = async (
  { services, now, caller }: Creating,
  claiming: Claiming,
  keys: KeyRing,
  id: AccountId,
  change: AccountChange,
): Promise<Account | "taken" | undefined> => {
  const { email } = change;
  const mail = { keys: mailKeys(keys, email), email };
  if (!(await claimMail(claiming, mail, id, now))) return "taken";
  const { accounts, newVersion } = services;
  const account = { ...newAccount({ id, createdAt: now, email }), ...change };
  const name = newVersion();
  if ((await accounts.save(account, undefined, name)) === "conflict") {
    // The answer to the save may have been lost, and the client may have repeated the save.
    const present = await accounts.load(id);
    if (!present || !isOrFollows(present.version, name)) return undefined;
  }
  services.log.info("user_created", { account: id, caller });
  return account;
};
