import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { SessionId, TelegramAccountId, TelegramLinkId } from "../account/ids.ts";
import { linkStatusAt, type TelegramAccount } from "../account/telegram.ts";

export type ConfirmLinkOutcome =
  | { readonly kind: "linked" }
  | { readonly kind: "link_unanswered" }
  | { readonly kind: "link_expired" }
  | { readonly kind: "limit_reached" }
  | { readonly kind: "not_found" };

/**
 * Links the Telegram account that answered, because the person on the page says that it is theirs. The same save
 * switches the method on and ends every other session. An account that was linked before is linked anew, not twice.
 * Confirming again changes nothing.
 */
export function confirmTelegramLink(
  account: Account,
  input: {
    readonly linkId: TelegramLinkId;
    readonly newId: TelegramAccountId;
    readonly sessionId: SessionId;
    readonly client: Client;
  },
  context: Context,
): Decision<ConfirmLinkOutcome> {
  const { now, limits } = context;
  const { telegram } = account;
  const { link } = telegram;
  if (link?.id !== input.linkId) return { account, outcome: { kind: "not_found" } };
  const status = linkStatusAt(link, now);
  if (status === "linked") return { account, outcome: { kind: "linked" } };
  if (status === "expired") return { account, outcome: { kind: "link_expired" } };
  if (!link.answer) return { account, outcome: { kind: "link_unanswered" } };

  const { userId, name, language } = link.answer;
  const others = telegram.accounts.filter((one) => one.userId !== userId);
  if (others.length >= limits.telegram.accounts) {
    return { account, outcome: { kind: "limit_reached" } };
  }
  const before = telegram.accounts.find((one) => one.userId === userId);
  const linked: TelegramAccount = {
    ...before,
    id: before?.id ?? input.newId,
    userId,
    name,
    language,
    linkedAt: now,
    reachable: true,
  };
  const added = {
    ...account,
    telegram: {
      ...telegram,
      enabled: true,
      accounts: [...others, linked],
      link: { ...link, linkedAt: now },
    },
  };
  return {
    account: changedSecurity(added, "telegram_linked", input, context),
    outcome: { kind: "linked" },
  };
}
