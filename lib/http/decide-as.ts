import type { Account, Context } from "../account/account.ts";
import type { Decided } from "../account/decide-account.ts";
import type { Decision } from "../account/decision.ts";
import type { Instant } from "../account/ids.ts";
import { decideOnce } from "../account/once.ts";
import { isOfThisEpoch } from "../sessions/session.ts";
import type { SignedIn } from "./credentials.ts";
import type { RepeatKey } from "./repeatable.ts";
import type { DecidingServices } from "../runtime/services.ts";
import { contextOf } from "../account/account.ts";

type Ended = { readonly kind: "unauthenticated" };

/**
 * Decides for a person who is signed in. It checks on the account that is being saved whether they still are. When two
 * sessions add a factor at once, the first one ends the second before the second could add anything.
 */
export const decideAs = async <Outcome extends { readonly kind: string }>(
  services: DecidingServices,
  { session, loaded }: SignedIn,
  decision: (account: Account) => Decision<Outcome>,
): Promise<Decided<Outcome | Ended>> => {
  const decided = await services.decide<Outcome | Ended>(
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

/** Does the same for a step that is good once and may be requested again, see `decideOnce`. */
export const decideOnceAs = <Outcome extends { readonly kind: string }, Kind extends string>(
  { services, session, loaded, repeatKey, now }: OnceRequest,
  remembers: readonly Kind[],
  decision: (account: Account, context: Context) => Decision<Outcome>,
) => {
  const context = contextOf(services, now);
  return decideAs(services, { session, loaded }, (account) =>
    decideOnce(
      account,
      { by: repeatKey?.once, remembers },
      (current) => decision(current, context),
      context,
    ),
  );
};

type OnceRequest = SignedIn & {
  readonly services: DecidingServices;
  readonly repeatKey: RepeatKey | undefined;
  readonly now: Instant;
};
