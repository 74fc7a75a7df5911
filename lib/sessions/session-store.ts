import type { Account } from "../account/account.ts";
import type { Versioned } from "../account/account-store.ts";
import type { AccountId, Instant, SessionId } from "../account/ids.ts";
import type { Session } from "./session.ts";

/** What a re-authentication changes of a session: its token above all, the old one dies. */
export type Renewal = Pick<
  Session,
  "secretHash" | "epoch" | "authenticatedAt" | "method" | "proof" | "replaced"
>;

/**
 * Where sessions live. A revoked session stays revoked: no later write brings it back. Writes of one session may come in
 * any order, and twice: the one of the latest proof stays, and each is told what then stands.
 */
export type SessionStore = {
  /** Session and account as they are now, in one consistent read. */
  loadWithAccount(
    account: AccountId,
    id: SessionId,
  ): Promise<{ session: Session | undefined; account: Versioned<Account> | undefined }>;
  /** Creates the session. The same one again changes nothing; "gone": it was ended, or has another secret since. */
  put(session: Session): Promise<"put" | "gone">;
  /** "superseded": it lives by a later proof, or has another token than the one that is to be replaced. */
  renew(
    account: AccountId,
    id: SessionId,
    renewal: Renewal,
  ): Promise<"renewed" | "superseded" | "gone">;
  /** Ends a session that `put` may have written or may still write: nobody was given it. */
  withdraw(session: Session, now: Instant): Promise<void>;
  touch(session: Session, now: Instant): Promise<void>;
  /** @param secretHash where given, only a session that has this secret. */
  revoke(
    account: AccountId,
    id: SessionId,
    now: Instant,
    secretHash?: string,
  ): Promise<"revoked" | "unknown">;
  /** All that are stored, live or not. */
  list(account: AccountId): Promise<Session[]>;
};
