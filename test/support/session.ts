import { hashToken } from "../../lib/crypto/token.ts";
import type { Session } from "../../lib/sessions/session.ts";
import { aClient } from "./account.ts";
import { accountId, sessionId } from "./ids.ts";
import { noon } from "./time.ts";

/** Ann's session, which began at noon. */
export const aSession = (given: Partial<Session> = {}): Session => ({
  id: sessionId("session"),
  accountId: accountId("ann"),
  secretHash: hashToken("secret of the session"),
  epoch: 1,
  createdAt: noon,
  authenticatedAt: noon,
  lastSeenAt: noon,
  method: "password",
  client: aClient(),
  revokedAt: null,
  proof: 1,
  replaced: null,
  ...given,
});
