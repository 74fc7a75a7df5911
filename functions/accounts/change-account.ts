import type { Account, Context } from "../../lib/account/account.ts";
import type { Locale } from "../../lib/settings/languages.ts";
import { noteActivity } from "../../lib/account/note-activity.ts";
import type { Client } from "../../lib/account/client.ts";
import type { Decision } from "../../lib/account/decision.ts";
import { setPassword } from "../../lib/sessions/set-password.ts";

/** What a host says of an account; a field that it leaves out stays. */
export type AccountChange = {
  readonly email: string;
  /** PHC string. */
  readonly password?: string;
  readonly locale?: Locale;
};

export type ChangeOutcome = { readonly kind: "changed" | "unchanged" | "email_taken" };

/** Changes an account for its host. A new password ends every session; a field that is as it should be stays. */
export const changeAccount = (
  account: Account,
  { email, password, locale = account.locale }: AccountChange,
  client: Client,
  context: Context,
): Decision<ChangeOutcome> => {
  let changed = account;
  if (locale !== account.locale) changed = { ...changed, locale };
  if (email !== account.email) {
    changed = noteActivity({ ...changed, email }, "email_changed", client, context);
  }
  if (password !== undefined) {
    const input = { hash: password, sessionId: null, client };
    changed = setPassword(changed, input, context).account;
  }
  return { account: changed, outcome: { kind: changed === account ? "unchanged" : "changed" } };
};
