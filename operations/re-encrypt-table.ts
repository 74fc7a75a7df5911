import { walkAccounts, type Counts, type Walk } from "../lib/runtime/dynamo-account-walk.ts";
import { dynamoMailIndex } from "../lib/runtime/dynamo-mail-index.ts";
import type { Table } from "../lib/runtime/dynamo-table.ts";
import type { Account } from "../lib/account/account.ts";
import type { Versioned } from "../lib/account/account-store.ts";
import { mailKeys } from "../lib/account/mail-index.ts";
import { findMail, moveMail } from "../lib/account/move-mail.ts";
import { reencryptAccount } from "../lib/whole-account/reencrypt-account.ts";
import { voidRecoveryCodes } from "../lib/recovery-codes/void-recovery-codes.ts";
import type { KeyRing } from "../lib/crypto/key-ring.ts";
import { defaultLimits } from "../lib/settings/limits.ts";
import type { ActivityEvents } from "../lib/runtime/activity-events.ts";
import { decideAndTell } from "./decide-and-tell.ts";
import { deciderOn } from "./outside.ts";

export type ReencryptOptions = Pick<Walk, "from" | "onPage" | "onFailure"> & {
  readonly totpKeys: KeyRing | undefined;
  readonly lookupKeys: KeyRing | undefined;
  readonly voidCodesBefore: number | undefined;
  /** The bus that is told of removed recovery codes; undefined: none. */
  readonly events: ActivityEvents | undefined;
  /** Only counts. */
  readonly dryRun: boolean;
  readonly now: () => number;
};

/**
 * Re-encrypts everything that older keys made under the first key of each ring, as far as possible. It may run beside
 * the functions, it may run twice, and it may go on from where it stopped.
 */
export const reencryptTable = (table: Table, options: ReencryptOptions): Promise<Counts> => {
  const { totpKeys, lookupKeys, voidCodesBefore, events, dryRun, now } = options;
  const decider = deciderOn(table);
  const mails = dynamoMailIndex(table);

  const telling = { decider, events, dryRun };
  const changed = ({ kind }: { readonly kind: string }) => (kind === "in_place" ? [] : [kind]);
  const reencrypt = async (account: Versioned<Account>): Promise<readonly string[]> =>
    totpKeys
      ? decideAndTell(telling, account, (one) => reencryptAccount(one, totpKeys), changed)
      : [];
  const voidCodes = async (account: Versioned<Account>): Promise<readonly string[]> => {
    if (voidCodesBefore === undefined) return [];
    const context = { now: now(), limits: defaultLimits };
    const decide = (one: Account) => voidRecoveryCodes(one, voidCodesBefore, context);
    return decideAndTell(telling, account, decide, changed);
  };
  const move = async ({ value: { id, email } }: Versioned<Account>): Promise<string[]> => {
    if (!lookupKeys) return [];
    const keys = mailKeys(lookupKeys, email);
    const place = dryRun
      ? await findMail(mails, keys, id)
      : await moveMail(
          { mails, accounts: decider.accounts, newName: decider.newVersion },
          { keys, email },
          id,
          now(),
        );
    return place === "in_place" ? [] : [`mail_${place}`];
  };
  return walkAccounts(table, {
    ...options,
    width: 16,
    // One after the other: the second one to save the account finds a newer version, and decides again on it.
    work: async (account) => [
      ...(await reencrypt(account)),
      ...(await voidCodes(account)),
      ...(await move(account)),
    ],
  });
};
