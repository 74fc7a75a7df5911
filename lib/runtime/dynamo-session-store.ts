import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { accountKey, accountOfItem } from "./dynamo-account-store.ts";
import {
  ifConditionHolds,
  itemKey,
  text,
  ttl,
  type Item,
  type Key,
  type Table,
} from "./dynamo-table.ts";
import type { AccountId, SessionId } from "../account/ids.ts";
import type { Limits } from "../settings/limits.ts";
import { endsAt, type Session } from "../sessions/session.ts";
import type { SessionStore } from "../sessions/session-store.ts";

const sessionKey = (account: AccountId, id: SessionId): Key =>
  itemKey(["account", account], ["session", id]);

const live = "attribute_exists(pk) AND attribute_not_exists(revokedAt)";

const readSession = async (
  { client, name }: Table,
  account: AccountId,
  id: SessionId,
): Promise<Session | undefined> => {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: name, Key: sessionKey(account, id), ConsistentRead: true }),
  );
  return item && sessionOfItem(item);
};

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
    if (session.revokedAt !== null) return "gone";
    const put = await ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: itemOf(session, limits),
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      ),
    );
    if (put) return "put";
    const present = await readSession({ client, name }, session.accountId, session.id);
    const isOwn = present?.secretHash === session.secretHash && present.revokedAt === null;
    return isOwn ? "put" : "gone";
  },

  async renew(account, id, renewal) {
    const renewed = await ifConditionHolds(() =>
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: sessionKey(account, id),
          UpdateExpression:
            "SET secretHash = :hash, epoch = :epoch, authenticatedAt = :at, lastSeenAt = :at, #method = :method, proof = :proof, replaced = :replaced",
          // Whoever comes with a token may replace that one alone: another may have been answered since.
          ConditionExpression: `${live} AND (attribute_not_exists(proof) OR proof <= :proof)${renewal.replaced ? " AND secretHash IN (:held, :hash)" : ""}`,
          ExpressionAttributeNames: { "#method": "method" },
          ExpressionAttributeValues: {
            ":hash": { S: renewal.secretHash },
            ":epoch": { N: String(renewal.epoch) },
            ":at": { N: String(renewal.authenticatedAt) },
            ":method": { S: renewal.method },
            ":proof": { N: String(renewal.proof) },
            ":replaced": { S: JSON.stringify(renewal.replaced) },
            ...(renewal.replaced && { ":held": { S: renewal.replaced.secretHash } }),
          },
        }),
      ),
    );
    if (renewed) return "renewed";
    const present = await readSession({ client, name }, account, id);
    if (present?.revokedAt !== null) return "gone";
    return present.secretHash === renewal.secretHash ? "renewed" : "superseded";
  },

  async withdraw(session, now) {
    await ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: { ...itemOf(session, limits), revokedAt: { N: String(now) } },
          ConditionExpression: "attribute_not_exists(pk) OR secretHash = :hash",
          ExpressionAttributeValues: { ":hash": { S: session.secretHash } },
        }),
      ),
    );
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

const itemOf = (session: Session, limits: Limits): Item => {
  const { id, accountId, createdAt, client } = session;
  return {
    ...sessionKey(accountId, id),
    session: { S: JSON.stringify({ id, accountId, createdAt, client }) },
    secretHash: { S: session.secretHash },
    epoch: { N: String(session.epoch) },
    authenticatedAt: { N: String(session.authenticatedAt) },
    lastSeenAt: { N: String(session.lastSeenAt) },
    method: { S: session.method },
    proof: { N: String(session.proof) },
    ...ttl(endsAt(session, limits.session.absoluteSeconds)),
  };
};

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
    proof: item["proof"] ? number("proof") : 0,
    replaced: item["replaced"] ? (JSON.parse(text(item, "replaced")) as Session["replaced"]) : null,
  };
};
