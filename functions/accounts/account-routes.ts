import { newAccount, type Account } from "../../lib/account/account.ts";
import { claimMail } from "../../lib/account/claim-mail.ts";
import { parseAccountId, type AccountId } from "../../lib/account/ids.ts";
import { mailKeys, type MailIndex } from "../../lib/account/mail-index.ts";
import { resetAccount } from "../../lib/account/reset-account.ts";
import { securityView } from "../../lib/account/security-view.ts";
import * as contracts from "../../lib/contract/accounts.ts";
import { hashPassword } from "../../lib/crypto/password-hash.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { answer } from "../../lib/http/answer.ts";
import { problem } from "../../lib/http/problem.ts";
import { refusePassword } from "../../lib/http/refuse-password.ts";
import { route, type Request } from "../../lib/http/route.ts";
import { contextOf, decide } from "../../lib/http/shell.ts";
import type { Languages } from "../../lib/languages.ts";
import { changeAccount, type AccountChange } from "./change-account.ts";

export type AccountDeps = {
  readonly mails: MailIndex;
  readonly lookupKeys: () => Promise<KeyRing>;
  /** The first one is that of accounts for which the host names none. */
  readonly languages: Languages;
  readonly serviceName: string;
};

/** PUT /v1/accounts/{id} */
export const putAccountRoute = ({ mails, lookupKeys, languages, serviceName }: AccountDeps) =>
  route(contracts.putAccount, async (request) => {
    const { shell, body, params, now } = request;
    const id = parseAccountId(params["id"]);
    if (!id) return problem("not_found");
    const { email, password } = body;
    const refused = password !== undefined && refusePassword(password, { email, serviceName });
    if (refused) return refused;
    const keys = await lookupKeys();
    const claimed = await claimMail(
      { mails, accounts: shell.decider.store },
      { keys: mailKeys(keys, body.email), email: body.email },
      id,
      now,
    );
    if (!claimed) return problem("email_taken");

    const hash = body.password && (await hashPassword(body.password, shell.random(16)));
    const change: AccountChange = {
      email: body.email,
      ...(hash && { password: hash }),
      ...(body.locale && { locale: body.locale }),
    };
    const created = await create(request, id, { locale: languages[0], ...change });
    if (created) return answer(201, securityView(created));

    const decided = await decide(shell, id, (account) =>
      changeAccount(account, change, request.client, contextOf(shell, now)),
    );
    // Accounts are never deleted, so the one that stood in the way of creating it is there.
    if (!decided) return problem("busy", { retryAfter: 1 });
    const { email: oldEmail } = decided.before;
    const oldKeys = oldEmail === body.email ? [] : mailKeys(keys, oldEmail);
    await Promise.all(
      oldKeys.map(async (oldKey) => {
        const old = await mails.find(oldKey);
        // An entry younger than this request is another request's, which is just giving the old mail back.
        if (old?.accountId === id && old.claimedAt < now) await mails.release(oldKey, old);
      }),
    );
    return answer(200, securityView(decided.account));
  });

const create = async (
  { shell, now }: Pick<Request<typeof contracts.putAccount>, "shell" | "now">,
  id: AccountId,
  change: AccountChange,
): Promise<Account | undefined> => {
  const { store, newVersion } = shell.decider;
  const account = { ...newAccount({ id, createdAt: now, email: change.email }), ...change };
  if ((await store.save(account, undefined, newVersion())) === "conflict") return undefined;
  shell.log.info("user_created", { account: id });
  return account;
};

/** GET /v1/accounts/{id} */
export const readAccountRoute = route(contracts.readAccount, async ({ shell, params }) => {
  const id = parseAccountId(params["id"]);
  const loaded = id && (await shell.decider.store.load(id));
  return loaded ? answer(200, securityView(loaded.value)) : problem("not_found");
});

/** POST /v1/accounts/{id}/reset */
export const resetAccountRoute = route(contracts.resetAccount, async (request) => {
  const { shell, body, params, client, now } = request;
  const id = parseAccountId(params["id"]);
  const decided =
    id &&
    (await decide(shell, id, (account) => resetAccount(account, client, contextOf(shell, now))));
  if (!decided) return problem("not_found");
  shell.log.warn("authz_admin", {
    account: decided.account.id,
    reason: withoutContacts(body.reason),
  });
  return answer(200, securityView(decided.account));
});

/** The host's own words for its audit, less what a log must not hold: mails and numbers that could be phones. */
const withoutContacts = (reason: string) =>
  reason.replace(/\S+@\S+/g, "[mail]").replace(/\+?\d[\d ()-]{6,}\d/g, "[number]");
