import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Decision } from "../account/decision.ts";
import { endOtherSessions } from "../account/epoch.ts";
import type { Instant } from "../account/ids.ts";
import { foldFactors } from "./factors.ts";

export type RestoreOutcome =
  | { readonly kind: "restored"; readonly hadRecoveryCodes: boolean }
  /** The account was already restored to this point in time. */
  | { readonly kind: "done" };

/**
 * Makes an account from a backup safe. Its state is of the time `from`, so what was used up or ended since then would
 * work again. Therefore the function
 * - ends all sessions and sign-ins, also those of the lost time: it raises the epoch past every value of that time;
 * - accepts codes of authenticator apps only after the last step that can have been used;
 * - removes recovery codes, since nobody knows which of them were used;
 * - forgets what was under way: challenges with their prompts, calls, handoffs and grants, links and enrolments.
 *
 * Changes since then are lost: of passwords, mails, factors and numbers. Only the host can know of them.
 */
export function restoreAccount(
  account: Account,
  { from }: { readonly from: Instant },
  context: Context,
): Decision<RestoreOutcome> {
  if (account.restoredFrom === from) return { account, outcome: { kind: "done" } };
  const { now } = context;
  const restored: Account = {
    ...foldFactors(endOtherSessions(account, null, now), (factor, one) =>
      factor.restore(one, context),
    ),
    epoch: epochPast(account, now),
    challenges: [],
    restoredFrom: from,
  };
  return {
    account: noteActivity(restored, "restored", { ip: "", device: "" }, context),
    outcome: { kind: "restored", hadRecoveryCodes: account.recoveryCodes !== null },
  };
}

/**
 * An epoch that is higher than every epoch of the lost time. In that time the epoch may have been raised any number of
 * times, and sessions of those epochs may still exist. Nobody raises it once a second, so the seconds since
 * 1970 are higher.
 */
const epochPast = ({ epoch }: Account, now: Instant): number =>
  Math.max(epoch + 1, Math.floor(now / 1000));
