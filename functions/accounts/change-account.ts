import type { Account, Context, Locale } from "../../lib/account/account.ts";
import type { Client } from "../../lib/account/activity.ts";
import type { Decision } from "../../lib/account/decision.ts";
import { setPassword } from "../../lib/session/set-password.ts";

/** What a host says of an account; what it leaves out stays. */
export type AccountChange = {
  readonly email: string;
  /** PHC string. */
  readonly password?: string;
  readonly locale?: Locale;
};

/** Changes an account for its host. A new password ends every session. */
export const changeAccount = (
  account: Account,
  { password, ...rest }: AccountChange,
  client: Client,
  context: Context,
): Decision<{ readonly kind: "changed" }> => {
  const changed = { ...account, ...rest };
  return password === undefined
    ? { account: changed, outcome: { kind: "changed" } }
    : setPassword(changed, { hash: password, sessionId: null, client }, context);
};
