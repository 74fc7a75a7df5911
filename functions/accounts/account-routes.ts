import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import * as contracts from "../../lib/contract/accounts.ts";
import { answer } from "../../lib/http/answer.ts";
import { problem } from "../../lib/http/problem.ts";
import { readRoute, route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";

/** GET /v1/accounts/{id} */
export const readAccountRoute = readRoute(
  contracts.readAccount,
  async ({ services, accountId }) => {
    const loaded = await services.accounts.load(accountId);
    return loaded ? answer(200, securityView(loaded.value)) : problem("not_found");
  },
);

/** POST /v1/accounts/{id}/reset */
export const resetAccountRoute = route(contracts.resetAccount, async (request) => {
  const { services, body, accountId, client, now, caller } = request;
  const decided = await services.decide(accountId, (account) =>
    resetAccount(account, client, contextOf(services, now)),
  );
  if (!decided) return problem("not_found");
  services.log.warn("authz_admin", {
    account: decided.account.id,
    caller,
    reason: withoutContacts(body.reason),
  });
  return answer(200, securityView(decided.account));
});

/** The host's own words for its audit, without what a log must not hold: mails, and numbers that could be phones. */
const withoutContacts = (reason: string) =>
  reason.replace(/\S+@\S+/g, "[mail]").replace(/\+?\d[\d ()-]{6,}\d/g, "[number]");
