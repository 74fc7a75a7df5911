import type { Account } from "../account/account.ts";
import type { Instant, SessionId } from "../account/ids.ts";
import { isLive } from "../sessions/session.ts";
import { faultFields } from "../log/log.ts";
import { contextOf, type Shell } from "../runtime/shell.ts";

/**
 * Ends the oldest sessions beyond the limit, once a new one is there; nothing is read where so many cannot live. Whoever
 * comes last of several sign-ins at once sees all of them, so in the end there are not too many. A fault here leaves more
 * for a while, and the next sign-in ends them.
 *
 * @param begun never ended: its browser is just being given it.
 */
export const endOldestSessions = async (
  shell: Shell,
  account: Account,
  begun: SessionId,
  now: Instant,
): Promise<void> => {
  if (account.sessionsBegunAt.length <= shell.limits.session.live) return;
  try {
    const all = await shell.sessions.list(account.id);
    const others = all
      .filter((one) => one.id !== begun && isLive(one, account, contextOf(shell, now)))
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    await Promise.all(
      others
        .slice(shell.limits.session.live - 1)
        .map(({ id }) => shell.sessions.revoke(account.id, id, now)),
    );
  } catch (fault) {
    shell.log.warn("sessions_not_limited", faultFields(fault));
  }
};
