import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { inTurn } from "../crypto/in-turn.ts";
import type { Account } from "../account/account.ts";
import type { Versioned } from "../account/account-store.ts";
import { accountOfItem } from "./dynamo-account-store.ts";
import { text, type Attributes, type Item, type Key, type Table } from "./dynamo-table.ts";

/** How many accounts of each kind there were, by whatever kinds the work tells apart. */
export type Counts = Readonly<Record<string, number>>;

export type Walk = {
  /** What was done with an account, as any number of kinds. One that throws counts as `failed`; the others are done. */
  readonly work: (account: Versioned<Account>) => Promise<readonly string[]>;
  /** How many at a time. */
  readonly width: number;
  /** Where an earlier walk got to; undefined: from the start. */
  readonly from: string | undefined;
  /** After each page: how far it is, and from where another walk may go on. */
  readonly onPage: (counts: Counts, next: string | undefined) => void;
  /** An account that could not be read or done. */
  readonly onFailure: (fault: unknown) => void;
};

/**
 * Goes through every account of the table as it is now. An account that is saved meanwhile is met as it was or as it
 * became, so the work has to decide on what it finds when it saves.
 */
export async function walkAccounts({ client, name }: Table, walk: Walk): Promise<Counts> {
  const turn = inTurn(walk.width);
  const counts: Record<string, number> = {};
  const count = (kind: string) => (counts[kind] = (counts[kind] ?? 0) + 1);
  const meet = async (item: Item) => {
    count("accounts");
    try {
      (await walk.work(accountOfItem(item))).forEach(count);
    } catch (fault) {
      count("failed");
      walk.onFailure(fault);
    }
  };
  let place: Item | undefined = walk.from === undefined ? undefined : keyOf(walk.from);
  do {
    const page: { Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined } =
      await client.send(
        new ScanCommand({
          TableName: name,
          ConsistentRead: true,
          FilterExpression: "sk = :account",
          ExpressionAttributeValues: { ":account": "account" } satisfies Attributes,
          ...(place && { ExclusiveStartKey: place }),
        }),
      );
    await Promise.all((page.Items ?? []).map((item) => turn(() => meet(item))));
    place = page.LastEvaluatedKey;
    walk.onPage({ ...counts }, place && nameOf(place));
  } while (place);
  return counts;
}

/** A key as one word that can be given back on a command line. */
const nameOf = (key: Item): string => Buffer.from(JSON.stringify(key)).toString("base64url");

const keyOf = (name: string): Key => {
  const key = JSON.parse(Buffer.from(name, "base64url").toString()) as Item;
  return { pk: text(key, "pk"), sk: text(key, "sk") };
};
