import { resealAuthenticator } from "../factors/reseal-authenticator.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import type { Account } from "./account.ts";
import type { Decision } from "./decision.ts";

/** unreadable: a secret that no key opens; nothing is changed then. */
export type ResealOutcome = { readonly kind: "in_place" | "resealed" | "unreadable" };

/** Seals every secret of an account's authenticator apps with the key that makes, so that older keys can be dropped. */
export function resealAccount(account: Account, keys: KeyRing): Decision<ResealOutcome> {
  const { authenticators, totpEnrolment } = account;
  const sealed = totpEnrolment ? [...authenticators, totpEnrolment] : authenticators;
  try {
    const resealed = sealed.reduce((one, { id }) => resealAuthenticator(one, id, keys), account);
    const kind = resealed === account ? "in_place" : "resealed";
    return { account: resealed, outcome: { kind } };
  } catch {
    return { account, outcome: { kind: "unreadable" } };
  }
}
