import { reencryptAuthenticator } from "../totp/reencrypt-authenticator.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import type { Account } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";

/** unreadable: a secret that no key opens; nothing is changed then. */
export type ReencryptOutcome = { readonly kind: "in_place" | "reencrypted" | "unreadable" };

/** Seals every secret of an account's authenticator apps with the key that makes, so that older keys can be dropped. */
export function reencryptAccount(account: Account, keys: KeyRing): Decision<ReencryptOutcome> {
  const { authenticators, totpEnrolment } = account;
  const sealed = totpEnrolment ? [...authenticators, totpEnrolment] : authenticators;
  try {
    const reencrypted = sealed.reduce(
      (one, { id }) => reencryptAuthenticator(one, id, keys),
      account,
    );
    const kind = reencrypted === account ? "in_place" : "reencrypted";
    return { account: reencrypted, outcome: { kind } };
  } catch {
    return { account, outcome: { kind: "unreadable" } };
  }
}
