import { DeleteCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import {
  text,
  type Attributes,
  type Item,
  type Key,
  type Table,
} from "../lib/runtime/dynamo-table.ts";
import { inTurn } from "../lib/crypto/in-turn.ts";

export type Replaced = { readonly written: number; readonly removed: number };

const width = 16;

/**
 * Replaces the accounts of `to`, and the mail entries that lead to them, by those of `from`. It writes first and
 * removes afterwards, so another run can go on where one stopped. Nobody else may write to these tables meanwhile.
 *
 * The counts of tries and sends stay: those of `to` are the later ones. All sessions go: an account that is removed and
 * made again begins at the first epoch, and its sessions of that epoch would be live again.
 */
export async function replaceAccounts(
  from: Table,
  to: Table,
  onPage: (soFar: Replaced) => void,
): Promise<Replaced> {
  const turn = inTurn(width);
  const kept = new Set<string>();
  let [written, removed] = [0, 0];
  for await (const page of pagesOf(from, isAccountOrMail)) {
    await Promise.all(
      page.map((item) =>
        turn(async () => {
          await to.client.send(new PutCommand({ TableName: to.name, Item: item }));
          kept.add(placeOf(item));
          written += 1;
        }),
      ),
    );
    onPage({ written, removed });
  }
  for await (const page of pagesOf(to, `${isAccountOrMail} OR begins_with(sk, :session)`)) {
    const others = page.filter((item) => !kept.has(placeOf(item)));
    await Promise.all(
      others.map((item) =>
        turn(async () => {
          await to.client.send(new DeleteCommand({ TableName: to.name, Key: keyOf(item) }));
          removed += 1;
        }),
      ),
    );
    onPage({ written, removed });
  }
  return { written, removed };
}

const keyOf = (item: Item): Key => ({ pk: text(item, "pk"), sk: text(item, "sk") });

const placeOf = (item: Item): string => JSON.stringify(keyOf(item));

const isAccountOrMail = "sk = :account OR sk = :mail";

async function* pagesOf({ client, name }: Table, which: string): AsyncGenerator<Item[]> {
  let place: Item | undefined;
  do {
    const page: { Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined } =
      await client.send(
        new ScanCommand({
          TableName: name,
          ConsistentRead: true,
          FilterExpression: which,
          ExpressionAttributeValues: {
            ":account": "account",
            ":mail": "mail",
            ...(which.includes(":session") && { ":session": "session#" }),
          } satisfies Attributes,
          ...(place && { ExclusiveStartKey: place }),
        }),
      );
    yield page.Items ?? [];
    place = page.LastEvaluatedKey;
  } while (place);
}
