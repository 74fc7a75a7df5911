import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { Instant, TelegramLinkId } from "../account/ids.ts";

export type BeginLinkOutcome =
  { readonly kind: "begun"; readonly expiresAt: Instant } | { readonly kind: "limit_reached" };

/** Begins to link a Telegram account. The new link replaces a link that was begun before. */
export function beginTelegramLink(
  account: Account,
  begun: { readonly id: TelegramLinkId; readonly tokenHash: string },
  { now, limits }: Context,
): Decision<BeginLinkOutcome> {
  const { telegram } = account;
  if (telegram.accounts.length >= limits.telegram.accounts) {
    return { account, outcome: { kind: "limit_reached" } };
  }
  const expiresAt = now + limits.telegram.linkLifeSeconds * 1000;
  return {
    account: {
      ...account,
      telegram: { ...telegram, link: { ...begun, expiresAt, answer: null, linkedAt: null } },
    },
    outcome: { kind: "begun", expiresAt },
  };
}
