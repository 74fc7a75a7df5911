import { dynamoAccountStore } from "../lib/runtime/dynamo-account-store.ts";
import { walkAccounts } from "../lib/runtime/dynamo-account-walk.ts";
import { dynamoMailIndex } from "../lib/runtime/dynamo-mail-index.ts";
import type { Table } from "../lib/runtime/dynamo-table.ts";
import { mailKeys } from "../lib/account/mail-index.ts";
import { findMail } from "../lib/account/move-mail.ts";
import { reencryptAccount } from "../lib/whole-account/reencrypt-account.ts";
import { keyRing } from "../lib/crypto/key-ring.ts";
import { tellFailure } from "./outside.ts";

/**
 * Counts the accounts that would lose an authenticator app, or could not be found by their mail, if `keeps` were the
 * only key. Accounts that failed count too.
 */
export async function leftUnderOldKeys(
  table: Table,
  purpose: "totp" | "lookup",
  keeps: string,
): Promise<number> {
  const keys = keyRing(keeps, purpose);
  const mails = dynamoMailIndex(table);
  const store = dynamoAccountStore(table);
  const counts = await walkAccounts(table, {
    width: 16,
    from: undefined,
    onPage: () => undefined,
    onFailure: tellFailure,
    async work({ value }) {
      if (purpose === "totp") {
        return reencryptAccount(value, keys).outcome.kind === "in_place" ? [] : ["left"];
      }
      if ((await findMail(mails, mailKeys(keys, value.email), value.id)) === "in_place") return [];
      // The scan may have read the account before its mail changed.
      const account = (await store.load(value.id))?.value ?? value;
      const place = await findMail(mails, mailKeys(keys, account.email), account.id);
      return place === "in_place" ? [] : ["left"];
    },
  });
  return (counts["left"] ?? 0) + (counts["failed"] ?? 0);
}
