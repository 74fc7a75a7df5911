import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { inTurn } from "../crypto/in-turn.ts";
import type { Account } from "../account/account.ts";
import type { Versioned } from "../account/account-store.ts";
import { accountOfItem } from "./dynamo-account-store.ts";
import { text, type Attributes, type Item, type Key, type Table } from "./dynamo-table.ts";

/** How many accounts there were of each kind. The work names the kinds. */
export type Counts = Readonly<Record<string, number>>;

export type Walk = {
  /**
   * Works on one account and returns what it did, as any number of kinds. An account whose work throws counts as
   * `failed`, and the walk goes on.
   */
  readonly work: (account: Versioned<Account>) => Promise<readonly string[]>;
  /** How many accounts are worked on at a time. */
  readonly width: number;
  /** The place that an earlier walk reached; undefined: the start. */
  readonly from: string | undefined;
  /** Called after each page with the counts so far and the place from which another walk can go on. */
  readonly onPage: (counts: Counts, next: string | undefined) => void;
  /** Called for an account that could not be read or worked on. */
  readonly onFailure: (fault: unknown) => void;
};

/**
 * Goes through every account of the table. If an account is saved during the walk, the work may get its state from
 * before or from after that save, so the work must decide again on the state that it finds when it saves.
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

/** Turns a key into one word that a command line can take. */
const nameOf = (key: Item): string => Buffer.from(JSON.stringify(key)).toString("base64url");

const keyOf = (name: string): Key => {
  const key = JSON.parse(Buffer.from(name, "base64url").toString()) as Item;
  return { pk: text(key, "pk"), sk: text(key, "sk") };
};
