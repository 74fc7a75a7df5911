import type { Account } from "../account/account.ts";
import type { Decided } from "../account/decide-account.ts";
import type { Decision } from "../account/decision.ts";
import { isOfThisEpoch } from "../session/session.ts";
import type { SignedIn } from "./credentials.ts";
import { decide, type Shell } from "./shell.ts";

type Ended = { readonly kind: "unauthenticated" };

/**
 * Decides for somebody who is signed in, and asks again, on the very account that is saved, whether they still are:
 * of two sessions that add a factor at once, the first ends the second before that one could add anything.
 */
export const decideAs = async <Outcome extends { readonly kind: string }>(
  shell: Shell,
  { session, loaded }: SignedIn,
  decision: (account: Account) => Decision<Outcome>,
): Promise<Decided<Outcome | Ended>> => {
  const decided = await decide<Outcome | Ended>(
    shell,
    session.accountId,
    (account) =>
      isOfThisEpoch(account, session)
        ? decision(account)
        : { account, outcome: { kind: "unauthenticated" } },
    loaded,
  );
  return (
    decided ?? {
      account: loaded.value,
      before: loaded.value,
      outcome: { kind: "unauthenticated" },
    }
  );
};
