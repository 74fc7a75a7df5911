import type { AccountId, Instant } from "../account/ids.ts";

/**
 * Which account something in Telegram belongs to: a link's token by its hash, a challenge by its id. Only a hint, as
 * the account decides; forgotten a while after the thing itself has ended.
 */
export type TelegramIndex = {
  put(kind: "link" | "challenge", key: string, account: AccountId, until: Instant): Promise<void>;
  find(kind: "link" | "challenge", key: string): Promise<AccountId | undefined>;
};
