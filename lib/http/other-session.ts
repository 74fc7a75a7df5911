import type { Account } from "../account/account.ts";
import type { AccountId, Instant } from "../account/ids.ts";
import type { OtherSession } from "../challenge/replaced-session.ts";
import type { HeldSession } from "../sessions/session.ts";
import { liveSession } from "./credentials.ts";
import { problem, type Problem } from "./problem.ts";
import type { ReadingServices } from "../runtime/services.ts";

/** Finds what this account's sign-in would replace in the browser: a live session of another account, or nothing. */
export const findOtherSession = async (
  services: ReadingServices,
  held: HeldSession | undefined,
  accountId: AccountId,
  now: Instant,
): Promise<OtherSession | undefined> => {
  if (!held || held.accountId === accountId) return undefined;
  const signedIn = await liveSession(services, held, now);
  return signedIn && { id: signedIn.session.id, email: signedIn.loaded.value.email };
};

/** The question that a page asks the person. Only for somebody who has proved that they hold the challenge. */
export const askWhetherToReplace = (
  account: Account,
  session: OtherSession,
): Problem<"session_of_another_account"> =>
  problem("session_of_another_account", {
    account: { email: account.email },
    session: { email: session.email },
  });
