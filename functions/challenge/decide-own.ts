import type { Account, Context } from "../../lib/account/account.ts";
import type { Decision } from "../../lib/account/decision.ts";
import { contextOf } from "../../lib/account/account.ts";
import type { Challenged } from "./challenged.ts";

/** Decides on the account of the request's challenge. The first try uses the account that was read to find it. */
export const decideOwn = <Outcome>(
  { services, loaded, now }: Pick<Challenged, "services" | "loaded" | "now">,
  decision: (account: Account, context: Context) => Decision<Outcome>,
) =>
  services.decide(
    loaded.value.id,
    (account) => decision(account, contextOf(services, now)),
    loaded,
  );
