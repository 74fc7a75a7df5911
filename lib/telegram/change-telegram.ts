import type { Account, Context } from "../account/account.ts";
import { changedSecurity, type ChangedBy } from "../account/changed-security.ts";
import type { Decision } from "../account/decision.ts";
import type { TelegramAccountId } from "../account/ids.ts";

export type SwitchTelegramOutcome =
  { readonly kind: "switched" } | { readonly kind: "no_telegram_account" };

/** Switches the method on or off; the links stay. Both change the factors, so other sessions end. */
export function switchTelegram(
  account: Account,
  { enabled, ...by }: ChangedBy & { readonly enabled: boolean },
  context: Context,
): Decision<SwitchTelegramOutcome> {
  const { telegram } = account;
  if (enabled && telegram.accounts.length === 0) {
    return { account, outcome: { kind: "no_telegram_account" } };
  }
  if (telegram.enabled === enabled) return { account, outcome: { kind: "switched" } };
  const switched = { ...account, telegram: { ...telegram, enabled } };
  const event = enabled ? "telegram_enabled" : "telegram_disabled";
  return {
    account: changedSecurity(switched, event, by, context),
    outcome: { kind: "switched" },
  };
}

export type UnlinkTelegramOutcome = { readonly kind: "unlinked" } | { readonly kind: "not_found" };

/** Removes a Telegram account. Removing the last one switches the method off. */
export function unlinkTelegram(
  account: Account,
  { id, ...by }: ChangedBy & { readonly id: TelegramAccountId },
  context: Context,
): Decision<UnlinkTelegramOutcome> {
  const { telegram } = account;
  const accounts = telegram.accounts.filter((one) => one.id !== id);
  if (accounts.length === telegram.accounts.length) {
    return { account, outcome: { kind: "not_found" } };
  }
  const enabled = telegram.enabled && accounts.length > 0;
  const unlinked = { ...account, telegram: { ...telegram, accounts, enabled } };
  return {
    account: changedSecurity(unlinked, "telegram_unlinked", by, context),
    outcome: { kind: "unlinked" },
  };
}
