import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
  type DynamoDBClientConfig,
} from "@aws-sdk/client-dynamodb";
import type { Straight } from "./straight-to-server.ts";

/** An empty table of a DynamoDB that runs for the tests. */
export type ItemsTable = {
  readonly endpoint: string;
  /** The settings of a client that reaches it in the cheapest way. */
  readonly settings: DynamoDBClientConfig;
  readonly tableName: string;
  /** Makes a new client each time, so that a test may add middleware to its own. */
  readonly client: () => DynamoDBClient;
  readonly stop: () => Promise<void>;
};

/** The settings of a client that reaches a DynamoDB of the tests through a socket. */
export const settingsAt = (endpoint: string) => ({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});

/**
 * Creates the one table with the same keys as the service's own table, and waits until it answers.
 *
 * @param straight is for a server in this process.
 */
export async function createItemsTable(
  endpoint: string,
  stopServer: () => Promise<void>,
  straight?: Straight,
): Promise<ItemsTable> {
  const tableName = "Items";
  const settings = { ...settingsAt(endpoint), ...straight };
  const clients: DynamoDBClient[] = [];
  const client = () => {
    const made = new DynamoDBClient(settings);
    clients.push(made);
    return made;
  };
  const own = client();
  await own.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
    }),
  );
  await waitUntilTableExists(
    { client: own, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.1 },
    { TableName: tableName },
  );
  return {
    endpoint,
    settings,
    tableName,
    client,
    stop: async () => {
      for (const made of clients) made.destroy();
      await stopServer();
    },
  };
}
