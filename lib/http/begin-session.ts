import type { Account } from "../account/account.ts";
import type { Client } from "../account/activity.ts";
import { newSessionId, type Instant } from "../account/ids.ts";
import { hashToken } from "../crypto/token.ts";
import type { Session } from "../session/session.ts";
import { setSessionCookie } from "./cookies.ts";
import { idBytes, newSecret, type Shell } from "./shell.ts";

/** A session that a password alone opens, and the cookie that will hold it. */
export const beginSession = (
  shell: Shell,
  account: Account,
  client: Client,
  now: Instant,
): { readonly record: Session; readonly cookie: string } => {
  const secret = newSecret(shell);
  const id = newSessionId(idBytes(shell));
  return {
    record: {
      id,
      accountId: account.id,
      secretHash: hashToken(secret),
      epoch: account.epoch,
      createdAt: now,
      authenticatedAt: now,
      lastSeenAt: now,
      method: "password",
      client,
      revokedAt: null,
    },
    cookie: setSessionCookie(
      { accountId: account.id, id, secret },
      shell.limits.session.absoluteSeconds,
    ),
  };
};
