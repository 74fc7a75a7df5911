import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Decision } from "../account/decision.ts";
import type { Instant } from "../account/ids.ts";

/**
 * Removes recovery codes that were made before a time. They belong to a key that was dropped, so none of them works.
 * The owner should see that they have no codes now, and not on the day that they need one.
 */
export const voidRecoveryCodes = (
  account: Account,
  before: Instant,
  context: Context,
): Decision<{ readonly kind: "voided" | "in_place" }> =>
  account.recoveryCodes && account.recoveryCodes.createdAt < before
    ? {
        account: noteActivity(
          { ...account, recoveryCodes: null },
          "recovery_codes_voided",
          { ip: "", device: "" },
          context,
        ),
        outcome: { kind: "voided" },
      }
    : { account, outcome: { kind: "in_place" } };
