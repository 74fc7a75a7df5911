import type { Client } from "../account/client.ts";
import { newSessionId, type AccountId, type Instant } from "../account/ids.ts";
import type { Services } from "../account/services.ts";
import { newSecret } from "../crypto/random.ts";
import { hashToken } from "../crypto/token.ts";
import { faultFields } from "../log/log.ts";
import type { Proved } from "./first-step.ts";
import type { SessionServices } from "./session-store.ts";
import { newSession, type HeldSession, type Session } from "./session.ts";

/** Makes a session that a password alone opens, and the secret that its browser will hold. */
export const beginSession = (
  services: Services,
  accountId: AccountId,
  { epoch, proof }: Proved,
  client: Client,
  now: Instant,
): { readonly record: Session; readonly secret: string } => {
  const secret = newSecret(services);
  const id = newSessionId(services);
  return {
    record: newSession(
      {
        id,
        accountId,
        secretHash: hashToken(secret),
        epoch,
        proof,
        method: "password",
        client,
      },
      now,
      now,
    ),
    secret,
  };
};

/**
 * Writes a new session. With an Idempotency-Key, the request can be repeated and writes the same again. Without one, no
 * request can: if its write is in doubt, the session must not live.
 */
export const putSession = async (
  services: SessionServices,
  session: Session,
  repeatKey: object | undefined,
): Promise<"put" | "gone"> => {
  if (repeatKey) return services.sessions.put(session);
  await putOrWithdraw(services, session);
  return "put";
};

/**
 * Writes a new session. If the write fails and may still have happened, the session is withdrawn, and its browser gets
 * a fault.
 */
export const putOrWithdraw = async (services: SessionServices, session: Session): Promise<void> => {
  try {
    if ((await services.sessions.put(session)) === "put") return;
  } catch (fault) {
    await services.sessions.withdraw(session, services.now());
    throw fault;
  }
  throw new Error("A new session that has been ended.");
};

/**
 * Ends the session that a browser had when it signed in again. The browser gets a new token, so a copy of the old one
 * must not stay good [ASVS 5.0 7.2.4]. Only the holder of the session's secret can end it this way. After a fault here,
 * the old session ends by itself.
 */
export const retireSession = async (
  services: SessionServices,
  held: HeldSession | undefined,
  now: Instant,
): Promise<void> => {
  if (!held) return;
  try {
    await services.sessions.revoke(held.accountId, held.id, now, hashToken(held.secret));
  } catch (fault) {
    services.log.warn("session_not_retired", faultFields(fault));
  }
};
