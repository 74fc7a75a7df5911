import type { Account } from "../account/account.ts";
import type { Versioned } from "../account/account-store.ts";
import type { AccountId, Instant, SessionId } from "../account/ids.ts";
import type { Services } from "../account/services.ts";
import type { Session } from "./session.ts";

/** What a reauthentication changes in a session: above all its token. The old token stops working. */
export type Renewal = Pick<
  Session,
  "secretHash" | "epoch" | "authenticatedAt" | "method" | "proof" | "replaced"
>;

/**
 * Stores sessions. A revoked session stays revoked: no later write brings it back. Writes of one session may come in
 * any order, and twice: the write with the latest proof stays, and the result of each write tells whether it stands.
 */
export type SessionStore = {
  /** Reads session and account as they are now, in one consistent read. */
  loadWithAccount(
    account: AccountId,
    id: SessionId,
  ): Promise<{ session: Session | undefined; account: Versioned<Account> | undefined }>;
  /** Creates the session. A repeat changes nothing. "gone": it has ended, or has another secret since. */
  put(session: Session): Promise<"put" | "gone">;
  /** "superseded": the session has a later proof, or not the token that the renewal replaces. */
  renew(
    account: AccountId,
    id: SessionId,
    renewal: Renewal,
  ): Promise<"renewed" | "superseded" | "gone">;
  /** Ends a session that `put` may have written or may still write, and that no browser has got. */
  withdraw(session: Session, now: Instant): Promise<void>;
  touch(session: Session, now: Instant): Promise<void>;
  /** @param secretHash if given, only a session with this secret is revoked. */
  revoke(
    account: AccountId,
    id: SessionId,
    now: Instant,
    secretHash?: string,
  ): Promise<"revoked" | "unknown">;
  /** All stored sessions of the account, live or not. */
  list(account: AccountId): Promise<Session[]>;
};

/** The services of what reads or writes sessions. */
export type SessionServices = Services & { readonly sessions: SessionStore };
