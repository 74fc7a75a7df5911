import { contextOf, type Account } from "../account/account.ts";
import type { Instant, SessionId } from "../account/ids.ts";
import { faultFields } from "../log/log.ts";
import type { SessionServices } from "./session-store.ts";
import { isLive } from "./session.ts";

/**
 * Ends the oldest sessions beyond the limit, once a new one is there. It reads nothing where so many sessions cannot be
 * live. Of several sign-ins at once, the last one sees all the sessions, so in the end there are not too many. After a
 * fault here there are more for a while, and the next sign-in ends them.
 *
 * @param begun the new session, which is never ended: its browser is just receiving it.
 */
export const endOldestSessions = async (
  services: SessionServices,
  account: Account,
  begun: SessionId,
  now: Instant,
): Promise<void> => {
  if (account.sessionsBegunAt.length <= services.limits.session.live) return;
  try {
    const all = await services.sessions.list(account.id);
    const others = all
      .filter((one) => one.id !== begun && isLive(one, account, contextOf(services, now)))
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    await Promise.all(
      others
        .slice(services.limits.session.live - 1)
        .map(({ id }) => services.sessions.revoke(account.id, id, now)),
    );
  } catch (fault) {
    services.log.warn("sessions_not_limited", faultFields(fault));
  }
};
