import {
  BatchGetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { accountKey, accountOfItem } from "../account/dynamo-account-store.ts";
import {
  ifConditionHolds,
  itemKey,
  text,
  ttl,
  type Item,
  type Key,
  type Table,
} from "../account/dynamo-table.ts";
import type { AccountId, SessionId } from "../account/ids.ts";
import type { Limits } from "../limits.ts";
import { endsAt, type Session } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

const sessionKey = (account: AccountId, id: SessionId): Key =>
  itemKey(["account", account], ["session", id]);

const live = "attribute_exists(pk) AND attribute_not_exists(revokedAt)";

export const dynamoSessionStore = ({ client, name }: Table, limits: Limits): SessionStore => ({
  async loadWithAccount(account, id) {
    const keys = [sessionKey(account, id), accountKey(account)];
    const { Responses: responses, UnprocessedKeys: unprocessed } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } }),
    );
    // A partial answer would read as "no such session" or "no such account": refuse instead.
    if (unprocessed?.[name]) throw new Error("The table did not answer in full.");
    const items = responses?.[name] ?? [];
    const find = (key: Key) => items.find((item) => item["sk"]?.S === key.sk.S);
    const [sessionItem, accountItem] = [find(sessionKey(account, id)), find(accountKey(account))];
    return {
      session: sessionItem && sessionOfItem(sessionItem),
      account: accountItem && accountOfItem(accountItem),
    };
  },

  async put(session) {
    if (session.revokedAt !== null) return "revoked";
    const {
      id,
      accountId,
      secretHash,
      lastSeenAt,
      epoch,
      authenticatedAt,
      method,
      createdAt,
      client: from,
    } = session;
    const put = await ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: {
            ...sessionKey(accountId, id),
            session: { S: JSON.stringify({ id, accountId, createdAt, client: from }) },
            secretHash: { S: secretHash },
            epoch: { N: String(epoch) },
            authenticatedAt: { N: String(authenticatedAt) },
            lastSeenAt: { N: String(lastSeenAt) },
            method: { S: method },
            ...ttl(endsAt(session, limits.session.absoluteSeconds)),
          },
          ConditionExpression: "attribute_not_exists(revokedAt)",
        }),
      ),
    );
    return put ? "put" : "revoked";
  },

  async renew(account, id, renewal) {
    const renewed = await ifConditionHolds(() =>
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: sessionKey(account, id),
          UpdateExpression:
            "SET secretHash = :hash, epoch = :epoch, authenticatedAt = :at, lastSeenAt = :at, #method = :method",
          ConditionExpression: live,
          ExpressionAttributeNames: { "#method": "method" },
          ExpressionAttributeValues: {
            ":hash": { S: renewal.secretHash },
            ":epoch": { N: String(renewal.epoch) },
            ":at": { N: String(renewal.authenticatedAt) },
            ":method": { S: renewal.method },
          },
        }),
      ),
    );
    return renewed ? "renewed" : "gone";
  },

  async touch({ accountId, id }, now) {
    await ifConditionHolds(() =>
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: sessionKey(accountId, id),
          UpdateExpression: "SET lastSeenAt = :now",
          ConditionExpression: `${live} AND lastSeenAt < :now`,
          ExpressionAttributeValues: { ":now": { N: String(now) } },
        }),
      ),
    );
  },

  async revoke(account, id, now, secretHash) {
    const revoked = await ifConditionHolds(() =>
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: sessionKey(account, id),
          UpdateExpression: "SET revokedAt = :now",
          // Its own repeat, when the first answer was lost, is a success too.
          ConditionExpression: `(${live} OR revokedAt = :now)${secretHash === undefined ? "" : " AND secretHash = :hash"}`,
          ExpressionAttributeValues: {
            ":now": { N: String(now) },
            ...(secretHash !== undefined && { ":hash": { S: secretHash } }),
          },
        }),
      ),
    );
    return revoked ? "revoked" : "unknown";
  },

  async list(account) {
    const sessions: Session[] = [];
    let from: Item | undefined;
    do {
      const page: { Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined } =
        await client.send(
          new QueryCommand({
            TableName: name,
            ConsistentRead: true,
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :session)",
            ExpressionAttributeValues: {
              ":pk": accountKey(account).pk,
              ":session": { S: "session#" },
            },
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
      sessions.push(...(page.Items ?? []).map(sessionOfItem));
      from = page.LastEvaluatedKey;
    } while (from);
    return sessions;
  },
});

/** What never changes is one JSON attribute; what single updates change are attributes of their own. */
const sessionOfItem = (item: Item): Session => {
  const number = (attribute: string) => {
    const value = Number(item[attribute]?.N);
    if (!Number.isFinite(value)) throw new Error(`Session without ${attribute}.`);
    return value;
  };
  return {
    ...(JSON.parse(text(item, "session")) as Pick<
      Session,
      "id" | "accountId" | "createdAt" | "client"
    >),
    secretHash: text(item, "secretHash"),
    epoch: number("epoch"),
    authenticatedAt: number("authenticatedAt"),
    lastSeenAt: number("lastSeenAt"),
    method: text(item, "method") as Session["method"],
    revokedAt: item["revokedAt"] ? number("revokedAt") : null,
  };
};
