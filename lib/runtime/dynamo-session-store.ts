import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { accountKey, accountOfItem } from "./dynamo-account-store.ts";
import {
  ifConditionHolds,
  itemKey,
  number,
  text,
  ttl,
  type Attributes,
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
    new GetCommand({ TableName: name, Key: sessionKey(account, id), ConsistentRead: true }),
  );
  return item && sessionOfItem(item);
};

export const dynamoSessionStore = ({ client, name }: Table, limits: Limits): SessionStore => ({
  async loadWithAccount(account, id) {
    const keys = [sessionKey(account, id), accountKey(account)];
    const { Responses: responses, UnprocessedKeys: unprocessed } = await client.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } }),
    );
    // A partial answer would read as "no such session" or "no such account", so the store throws.
    if (unprocessed?.[name]) throw new Error("The table did not answer in full.");
    const items: readonly Item[] = responses?.[name] ?? [];
    const find = (key: Key) => items.find((item) => item["sk"] === key.sk);
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
        new PutCommand({
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
        new UpdateCommand({
          TableName: name,
          Key: sessionKey(account, id),
          UpdateExpression:
            "SET secretHash = :hash, epoch = :epoch, authenticatedAt = :at, lastSeenAt = :at, #method = :method, proof = :proof, replaced = :replaced",
          // A request may replace only the token that it came with: the session may have got another token since.
          ConditionExpression: `${live} AND (attribute_not_exists(proof) OR proof <= :proof)${renewal.replaced ? " AND secretHash IN (:held, :hash)" : ""}`,
          ExpressionAttributeNames: { "#method": "method" },
          ExpressionAttributeValues: {
            ":hash": renewal.secretHash,
            ":epoch": renewal.epoch,
            ":at": renewal.authenticatedAt,
            ":method": renewal.method,
            ":proof": renewal.proof,
            ":replaced": JSON.stringify(renewal.replaced),
            ...(renewal.replaced && { ":held": renewal.replaced.secretHash }),
          } satisfies Attributes,
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
        new PutCommand({
          TableName: name,
          Item: { ...itemOf(session, limits), revokedAt: now } satisfies Attributes,
          ConditionExpression: "attribute_not_exists(pk) OR secretHash = :hash",
          ExpressionAttributeValues: { ":hash": session.secretHash } satisfies Attributes,
        }),
      ),
    );
  },

  async touch({ accountId, id }, now) {
    await ifConditionHolds(() =>
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: sessionKey(accountId, id),
          UpdateExpression: "SET lastSeenAt = :now",
          ConditionExpression: `${live} AND lastSeenAt < :now`,
          ExpressionAttributeValues: { ":now": now } satisfies Attributes,
        }),
      ),
    );
  },

  async revoke(account, id, now, secretHash) {
    const revoked = await ifConditionHolds(() =>
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: sessionKey(account, id),
          UpdateExpression: "SET revokedAt = :now",
          // The SDK may repeat this write when its first answer was lost. The repeat succeeds too.
          ConditionExpression: `(${live} OR revokedAt = :now)${secretHash === undefined ? "" : " AND secretHash = :hash"}`,
          ExpressionAttributeValues: {
            ":now": now,
            ...(secretHash !== undefined && { ":hash": secretHash }),
          } satisfies Attributes,
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
              ":session": "session#",
            } satisfies Attributes,
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
      sessions.push(...(page.Items ?? []).map(sessionOfItem));
      from = page.LastEvaluatedKey;
    } while (from);
    return sessions;
  },
});

const itemOf = (session: Session, limits: Limits): Attributes => {
  const { id, accountId, createdAt, client } = session;
  return {
    ...sessionKey(accountId, id),
    session: JSON.stringify({ id, accountId, createdAt, client }),
    secretHash: session.secretHash,
    epoch: session.epoch,
    authenticatedAt: session.authenticatedAt,
    lastSeenAt: session.lastSeenAt,
    method: session.method,
    proof: session.proof,
    ...ttl(endsAt(session, limits.session.absoluteSeconds)),
  };
};

/** One JSON attribute holds what never changes. What single updates change has attributes of its own. */
const sessionOfItem = (item: Item): Session => {
  const has = (attribute: string) => item[attribute] !== undefined;
  return {
    ...(JSON.parse(text(item, "session")) as Pick<
      Session,
      "id" | "accountId" | "createdAt" | "client"
    >),
    secretHash: text(item, "secretHash"),
    epoch: number(item, "epoch"),
    authenticatedAt: number(item, "authenticatedAt"),
    lastSeenAt: number(item, "lastSeenAt"),
    method: text(item, "method") as Session["method"],
    revokedAt: has("revokedAt") ? number(item, "revokedAt") : null,
    proof: has("proof") ? number(item, "proof") : 0,
    replaced: has("replaced") ? (JSON.parse(text(item, "replaced")) as Session["replaced"]) : null,
  };
};
