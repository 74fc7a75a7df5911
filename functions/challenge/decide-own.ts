import type { Account, Context } from "../../lib/account/account.ts";
import type { Decision } from "../../lib/account/decision.ts";
import { contextOf, decide } from "../../lib/runtime/shell.ts";
import type { Challenged } from "./answer-of.ts";

/** Decides on the account of the request's challenge, first as it was read to find the challenge. */
export const decideOwn = <Outcome>(
  { shell, loaded, now }: Pick<Challenged, "shell" | "loaded" | "now">,
  decision: (account: Account, context: Context) => Decision<Outcome>,
) => decide(shell, loaded.value.id, (account) => decision(account, contextOf(shell, now)), loaded);
