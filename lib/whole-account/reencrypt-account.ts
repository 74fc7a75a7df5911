import type { Account } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { foldFactors } from "./factors.ts";

/** unreadable: no key opens one of the secrets, and nothing is changed. */
export type ReencryptOutcome = { readonly kind: "in_place" | "reencrypted" | "unreadable" };

/** Re-encrypts every secret of an account with the first key, so that older keys can be dropped. */
export function reencryptAccount(account: Account, keys: KeyRing): Decision<ReencryptOutcome> {
  try {
    const reencrypted = foldFactors(account, (factor, one) => factor.reencrypt(one, keys));
    const kind = reencrypted === account ? "in_place" : "reencrypted";
    return { account: reencrypted, outcome: { kind } };
  } catch {
    return { account, outcome: { kind: "unreadable" } };
  }
}
