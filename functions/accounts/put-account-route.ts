import type { Account } from "../../lib/account/account.ts";
import { prepareMail, releaseMail, type MailMove } from "../../lib/account/change-mail.ts";
import type { Versioned } from "../../lib/account/account-store.ts";
import type { Claiming } from "../../lib/account/claim-mail.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import type { MailIndex } from "../../lib/account/mail-index.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import * as contracts from "../../lib/contract/accounts.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { answer } from "../../lib/http/answer.ts";
import { problem } from "../../lib/http/problem.ts";
import { refusePassword } from "../../lib/http/refuse-password.ts";
import { route, type Request } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import type { Languages } from "../../lib/settings/languages.ts";
import { changeAccount, type AccountChange, type ChangeOutcome } from "./change-account.ts";
import { createAccount } from "./create-account.ts";
import { newHash } from "./new-hash.ts";

export type AccountDeps = {
  readonly mails: MailIndex;
  readonly lookupKeys: () => Promise<KeyRing>;
  /** The first one is for accounts for which the host names none. */
  readonly languages: Languages;
  readonly serviceName: string;
};

type Put = Request<typeof contracts.putAccount>;

/**
 * PUT /v1/accounts/{id}. It leaves alone what is already as the host says, so the same request again changes nothing:
 * the answer to the first may have been lost.
 */
export const putAccountRoute = (deps: AccountDeps) =>
  route(contracts.putAccount, async (request) => {
    const { services, body, accountId: id } = request;
    const { email, password } = body;
    const { serviceName } = deps;
    const refused = password !== undefined && refusePassword(password, { email, serviceName });
    if (refused) return refused;

    const [keys, loaded] = await Promise.all([deps.lookupKeys(), services.accounts.load(id)]);
    const { accounts, newVersion: newName } = services;
    const claiming = { mails: deps.mails, accounts, newName };
    const hashFor = newHash(password, () => services.random(16));
    if (!loaded) {
      const change = changeOf(request, await hashFor(null));
      const created = await createAccount(request, claiming, keys, id, {
        locale: deps.languages[0],
        ...change,
      });
      if (created === "taken") return problem("email_taken");
      if (created) return answer(201, securityView(created));
    }
    const decided = await change(request, claiming, keys, { id, loaded }, hashFor);
    // Accounts are never deleted, so the account that prevented the creation should be there.
    if (!decided) return problem("busy", { retryAfter: 1 });
    const { kind, move } = decided.outcome;
    if (kind === "email_taken") return problem("email_taken");
    if (kind === "changed") logChange(request, decided.before, decided.account);
    await releaseMail(claiming, move);
    return answer(200, securityView(decided.account));
  });

const changeOf = ({ body: { email, locale } }: Put, hash: string | undefined): AccountChange => ({
  email,
  ...(hash !== undefined && { password: hash }),
  ...(locale && { locale }),
});

/** The result of look-ups and hashing for the very account that the decision gets. */
type Prepared = { readonly move: MailMove; readonly hash: string | undefined };

const change = (
  request: Put,
  claiming: Claiming,
  keys: KeyRing,
  { id, loaded }: { readonly id: AccountId; readonly loaded: Versioned<Account> | undefined },
  hashFor: ReturnType<typeof newHash>,
) => {
  const { services, body, client, now } = request;
  return services.decide<ChangeOutcome & { readonly move: MailMove }, Prepared>(
    id,
    (account, { move, hash }) => {
      const { account: changed, outcome } =
        move.kind === "taken"
          ? { account, outcome: { kind: "email_taken" } as const }
          : changeAccount(account, changeOf(request, hash), client, contextOf(services, now));
      return { account: changed, outcome: { ...outcome, move } };
    },
    loaded,
    async (account) => ({
      hash: await hashFor(account.password),
      move: await prepareMail(claiming, keys, account, body.email, now),
    }),
  );
};

/** Logs who changed which fields, and nothing of their values. */
const logChange = ({ services, caller }: Put, before: Account, after: Account): void => {
  const fields = ["email", "password", "locale"] as const;
  const changed = fields.filter((field) => before[field] !== after[field]);
  services.log.warn("authz_admin", { account: after.id, caller, changed });
};
