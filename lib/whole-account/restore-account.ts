import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Decision } from "../account/decision.ts";
import { endOtherSessions } from "../account/epoch.ts";
import type { Instant } from "../account/ids.ts";
import { foldFactors } from "./factors.ts";

export type RestoreOutcome =
  | { readonly kind: "restored"; readonly hadRecoveryCodes: boolean }
  /** For this very point in time it has been done. */
  | { readonly kind: "done" };

/**
 * What an account becomes that is as it was at `from`. Whatever was used up or ended since then would be good again, so:
 * - every session and every sign-in ends, those of the lost time included: the epoch goes past all that it can have been;
 * - codes of authenticator apps are good only after the last step that can have been used;
 * - recovery codes go, since nobody knows which of them were used;
 * - what was under way is forgotten: challenges with their asks, calls, hand-offs and grants, links and enrolments.
 *
 * What was changed since then is as it was before: passwords, mails, factors, numbers. Only the host can know.
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
 * In the lost time the epoch may have been raised any number of times, and sessions of those epochs may have been kept
 * elsewhere. Nobody raises it once a second for as long as there are accounts, so the seconds since 1970 are past it.
 */
const epochPast = ({ epoch }: Account, now: Instant): number =>
  Math.max(epoch + 1, Math.floor(now / 1000));
