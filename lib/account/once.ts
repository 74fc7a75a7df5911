import type { Account, Context } from "./account.ts";
import type { Decision } from "./decision.ts";
import { mayRepeat } from "./may-repeat.ts";

/** How many steps the account remembers. Only many changes in one minute would need more. */
const most = 8;

/**
 * Decides a step that works once, so that a client can send a request again if its answer was lost. The same request
 * with the same key, within a minute, gets the outcome of the first and changes nothing.
 *
 * Attacks considered: another session, another address or another key (it finds the step done, as without this
 * function); a guess that gets the answer to an older guess (a step that changes nothing, a wrong code, is not kept).
 *
 * @param once `by` undefined: the request has no key. `remembers`: the kinds of outcomes that carry nothing else, so
 *   that the function can give them again.
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
