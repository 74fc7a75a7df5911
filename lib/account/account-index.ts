import type { AccountId, Instant } from "./ids.ts";

/** link: a Telegram link by its token's hash; challenge: by its id; call: a carrier's call by its reference. */
type IndexKind = "link" | "challenge" | "call";

/**
 * Some things come from outside under a name of their own. The index leads from such a name to an account. An entry is
 * only a hint: the account itself decides. The index forgets an entry some time after the thing has ended.
 */
export type AccountIndex = {
  put(kind: IndexKind, key: string, account: AccountId, until: Instant): Promise<void>;
  find(kind: IndexKind, key: string): Promise<AccountId | undefined>;
};
