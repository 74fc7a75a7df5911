import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Account } from "../account/account.ts";
import type { AccountStore, Versioned } from "../account/account-store.ts";
import {
  ifConditionHolds,
  itemKey,
  text,
  type Attributes,
  type Item,
  type Key,
  type Table,
} from "./dynamo-table.ts";
import type { AccountId } from "../account/ids.ts";
import { readAccount, writeAccount } from "../account/read-account.ts";

/**
 * This number rises when an older release could not read what a newer one writes. The store refuses an unknown format:
 * a decision on half an account would be worse than no decision.
 */
const format = "1";

export const accountKey = (id: AccountId): Key => itemKey(["account", id], ["account"]);

/** Accounts in DynamoDB, one item each: the aggregate as JSON in one attribute beside its version. */
export const dynamoAccountStore = ({ client, name }: Table): AccountStore => ({
  async load(id) {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: name, Key: accountKey(id), ConsistentRead: true }),
    );
    return item && accountOfItem(item);
  },

  async save(account, seen, next) {
    const item: Attributes = {
      ...accountKey(account.id),
      version: next,
      format,
      account: writeAccount(account),
    };
    const saved = await ifConditionHolds(() =>
      client.send(
        new PutCommand({
          TableName: name,
          Item: item,
          ...(seen === undefined
            ? { ConditionExpression: "attribute_not_exists(pk)" }
            : {
                ConditionExpression: "version = :seen",
                ExpressionAttributeValues: { ":seen": seen } satisfies Attributes,
              }),
        }),
      ),
    );
    return saved ? "saved" : "conflict";
  },
});

/**
 * Reads an item of `dynamoAccountStore`. A field that the item lacks gets the value of a new account. Throws where the
 * format is unknown.
 */
export const accountOfItem = (item: Item): Versioned<Account> => {
  if (text(item, "format") !== format) throw new Error("Account of an unknown format.");
  // Only here does stored JSON become an Account, and only `save` above writes it.
  const account = JSON.parse(text(item, "account")) as Account;
  return { value: readAccount(account), version: text(item, "version") };
};
