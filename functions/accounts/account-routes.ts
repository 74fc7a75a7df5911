import { newAccount, type Account } from "../../lib/account/account.ts";
import { isOrFollows } from "../../lib/account/account-store.ts";
import { prepareMail, releaseMail, type MailMove } from "../../lib/account/change-mail.ts";
import { claimMail, type Claiming } from "../../lib/account/claim-mail.ts";
import { parseAccountId, type AccountId } from "../../lib/account/ids.ts";
import { mailKeys, type MailIndex } from "../../lib/account/mail-index.ts";
import { resetAccount } from "../../lib/account/reset-account.ts";
import { securityView } from "../../lib/account/security-view.ts";
import * as contracts from "../../lib/contract/accounts.ts";
import { checkPassword, hashPassword } from "../../lib/crypto/password-hash.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { answer } from "../../lib/http/answer.ts";
import { problem } from "../../lib/http/problem.ts";
import { refusePassword } from "../../lib/http/refuse-password.ts";
import { route, type Request } from "../../lib/http/route.ts";
import { contextOf, decide } from "../../lib/http/shell.ts";
import type { Languages } from "../../lib/languages.ts";
import { changeAccount, type AccountChange, type ChangeOutcome } from "./change-account.ts";

export type AccountDeps = {
  readonly mails: MailIndex;
  readonly lookupKeys: () => Promise<KeyRing>;
  /** The first one is that of accounts for which the host names none. */
  readonly languages: Languages;
  readonly serviceName: string;
};

/**
 * PUT /v1/accounts/{id}. What is as the host says already is left alone, so the same request again changes nothing: the
 * answer to the first may have been lost.
 */
export const putAccountRoute = (deps: AccountDeps) =>
  route(contracts.putAccount, async (request) => {
    const { shell, body, params, now } = request;
    const id = parseAccountId(params["id"]);
    if (!id) return problem("not_found");
    const { email, password } = body;
    const { serviceName } = deps;
    const refused = password !== undefined && refusePassword(password, { email, serviceName });
    if (refused) return refused;
    const [keys, loaded] = await Promise.all([deps.lookupKeys(), shell.decider.store.load(id)]);
    const isSet = await isPasswordOf(loaded?.value, password);
    const hash = isSet ? undefined : password && (await hashPassword(password, shell.random(16)));
    const change: AccountChange = {
      email,
      ...(hash && { password: hash }),
      ...(body.locale && { locale: body.locale }),
    };
    const claiming: Claiming = {
      mails: deps.mails,
      accounts: shell.decider.store,
      newName: shell.decider.newVersion,
    };
    if (!loaded) {
      const created = await create(request, claiming, keys, id, {
        locale: deps.languages[0],
        ...change,
      });
      if (created === "taken") return problem("email_taken");
      if (created) return answer(201, securityView(created));
    }
    const decided = await decide<ChangeOutcome & { readonly move: MailMove }, MailMove>(
      shell,
      id,
      (account, move) => {
        const { account: changed, outcome } =
          move.kind === "taken"
            ? { account, outcome: { kind: "email_taken" } as const }
            : changeAccount(account, change, request.client, contextOf(shell, now));
        return { account: changed, outcome: { ...outcome, move } };
      },
      loaded,
      (account) => prepareMail(claiming, keys, account, email, now),
    );
    // Accounts are never deleted, so the one that stood in the way of creating it is there.
    if (!decided) return problem("busy", { retryAfter: 1 });
    const { kind, move } = decided.outcome;
    if (kind === "email_taken") return problem("email_taken");
    if (kind === "changed") {
      const changed = [
        decided.before.email !== email && "email",
        hash && "password",
        decided.before.locale !== decided.account.locale && "locale",
      ].filter((one) => typeof one === "string");
      shell.log.warn("authz_admin", { account: id, caller: request.caller, changed });
    }
    await releaseMail(claiming, move);
    return answer(200, securityView(decided.account));
  });

/** "taken": another account has the mail; undefined: the account has come to be meanwhile. */
const create = async (
  { shell, now, caller }: Pick<Request<typeof contracts.putAccount>, "shell" | "now" | "caller">,
  claiming: Claiming,
  keys: KeyRing,
  id: AccountId,
  change: AccountChange,
): Promise<Account | "taken" | undefined> => {
  const { email } = change;
  const mail = { keys: mailKeys(keys, email), email };
  if (!(await claimMail(claiming, mail, id, now))) return "taken";
  const { store, newVersion } = shell.decider;
  const account = { ...newAccount({ id, createdAt: now, email }), ...change };
  const name = newVersion();
  if ((await store.save(account, undefined, name)) === "conflict") {
    // The answer to the save may have been lost, and the client have saved again.
    const present = await store.load(id);
    if (!present || !isOrFollows(present.version, name)) return undefined;
  }
  shell.log.info("user_created", { account: id, caller });
  return account;
};

/** Whether the account has this very password. Costs as much as hashing a new one. */
const isPasswordOf = async (account: Account | undefined, password: string | undefined) => {
  if (!account?.password || password === undefined) return false;
  const { right, outdated } = await checkPassword(password, account.password);
  return right && !outdated;
};

/** GET /v1/accounts/{id} */
export const readAccountRoute = route(contracts.readAccount, async ({ shell, params }) => {
  const id = parseAccountId(params["id"]);
  const loaded = id && (await shell.decider.store.load(id));
  return loaded ? answer(200, securityView(loaded.value)) : problem("not_found");
});

/** POST /v1/accounts/{id}/reset */
export const resetAccountRoute = route(contracts.resetAccount, async (request) => {
  const { shell, body, params, client, now, caller } = request;
  const id = parseAccountId(params["id"]);
  const decided =
    id &&
    (await decide(shell, id, (account) => resetAccount(account, client, contextOf(shell, now))));
  if (!decided) return problem("not_found");
  shell.log.warn("authz_admin", {
    account: decided.account.id,
    caller,
    reason: withoutContacts(body.reason),
  });
  return answer(200, securityView(decided.account));
});

/** The host's own words for its audit, less what a log must not hold: mails and numbers that could be phones. */
const withoutContacts = (reason: string) =>
  reason.replace(/\S+@\S+/g, "[mail]").replace(/\+?\d[\d ()-]{6,}\d/g, "[number]");
