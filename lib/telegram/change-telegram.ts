import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { endOtherSessions } from "../account/epoch.ts";
import type { SessionId, TelegramAccountId } from "../account/ids.ts";

type By = { readonly sessionId: SessionId; readonly client: Client };

export type SwitchTelegramOutcome =
  { readonly kind: "switched" } | { readonly kind: "no_telegram_account" };

/** Switches the method on or off; the links stay. Either way changes the factors, so other sessions end. */
export function switchTelegram(
  account: Account,
  { enabled, sessionId, client }: By & { readonly enabled: boolean },
  context: Context,
): Decision<SwitchTelegramOutcome> {
  const { telegram } = account;
  if (enabled && telegram.accounts.length === 0) {
    return { account, outcome: { kind: "no_telegram_account" } };
  }
  if (telegram.enabled === enabled) return { account, outcome: { kind: "switched" } };
  const switched = endOtherSessions(
    { ...account, telegram: { ...telegram, enabled } },
    sessionId,
    context.now,
  );
  const event = enabled ? "telegram_enabled" : "telegram_disabled";
  return {
    account: noteActivity(switched, event, client, context),
    outcome: { kind: "switched" },
  };
}

export type UnlinkTelegramOutcome = { readonly kind: "unlinked" } | { readonly kind: "not_found" };

/** Removes a Telegram account. With the last one the method is off. */
export function unlinkTelegram(
  account: Account,
  { id, sessionId, client }: By & { readonly id: TelegramAccountId },
  context: Context,
): Decision<UnlinkTelegramOutcome> {
  const { telegram } = account;
  const accounts = telegram.accounts.filter((one) => one.id !== id);
  if (accounts.length === telegram.accounts.length) {
    return { account, outcome: { kind: "not_found" } };
  }
  const enabled = telegram.enabled && accounts.length > 0;
  const unlinked = endOtherSessions(
    { ...account, telegram: { ...telegram, accounts, enabled } },
    sessionId,
    context.now,
  );
  return {
    account: noteActivity(unlinked, "telegram_unlinked", client, context),
    outcome: { kind: "unlinked" },
  };
}
