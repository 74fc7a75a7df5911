import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { SessionId } from "../account/ids.ts";

/** Sets a new password. It ends all sessions except the one that set it (`sessionId` null: all sessions). */
export const setPassword = (
  account: Account,
  input: {
    readonly hash: string;
    readonly sessionId: SessionId | null;
    readonly client: Client;
  },
  context: Context,
): Decision<{ readonly kind: "changed" }> => ({
  account: changedSecurity(
    { ...account, password: input.hash, passwordKnownAt: null },
    "password_changed",
    input,
    context,
  ),
  outcome: { kind: "changed" },
});
