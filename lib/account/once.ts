import type { Account, Context } from "./account.ts";
import type { Decision } from "./decision.ts";
import { mayRepeat } from "./may-repeat.ts";

/** More would only be there if somebody changed many things in one minute. */
const most = 8;

/**
 * Decides a step that is good once, so that a request whose answer was lost can be sent again: the same request with the
 * same key, within a minute, has the outcome of the first and changes nothing.
 *
 * Attacks considered: another session, another address or another key finds the step done, as without this; a step that
 * changed nothing (a wrong code) leaves no trace, so a guess is never answered by an older one.
 *
 * @param once `by` undefined: the request has no key. `remembers`: the outcomes that are no more than their kind and
 *   can be told again.
 */
export const decideOnce = <Outcome extends { readonly kind: string }, Kind extends string = never>(
  account: Account,
  { by, remembers }: { readonly by: string | undefined; readonly remembers: readonly Kind[] },
  decision: (account: Account) => Decision<Outcome>,
  context: Context,
): Decision<Outcome | { readonly kind: Kind }> => {
  if (by === undefined) return decision(account);
  const done = account.done.find((one) => one.by === by);
  if (done && mayRepeat(done.at, context)) {
    const kind = remembers.find((one) => one === done.kind);
    if (kind !== undefined) return { account, outcome: { kind } };
  }
  const decided = decision(account);
  const { kind } = decided.outcome;
  if (decided.account === account || !(remembers as readonly string[]).includes(kind)) {
    return decided;
  }
  const others = decided.account.done.filter((one) => one.by !== by);
  const noted = { by, at: context.now, kind };
  return { ...decided, account: { ...decided.account, done: [...others, noted].slice(-most) } };
};
