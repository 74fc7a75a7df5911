import type { AccountId, Instant } from "./ids.ts";

/** link: a Telegram link by its token's hash; challenge: by its id; call: a carrier's call by its reference. */
type IndexKind = "link" | "challenge" | "call";

/**
 * Which account something belongs to that comes from outside with a name of its own. Only a hint, as the account
 * decides; forgotten a while after the thing itself has ended.
 */
export type AccountIndex = {
  put(kind: IndexKind, key: string, account: AccountId, until: Instant): Promise<void>;
  find(kind: IndexKind, key: string): Promise<AccountId | undefined>;
};
