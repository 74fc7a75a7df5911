import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";

/** An empty table of a DynamoDB that runs for the tests. */
export type ItemsTable = {
  readonly endpoint: string;
  readonly tableName: string;
  /** Makes a new client each time, so that a test may add middleware to its own. */
  readonly client: () => DynamoDBClient;
  readonly stop: () => Promise<void>;
};

/** Creates the one table with the same keys as the service's own table, and waits until it answers. */
export async function createItemsTable(
  endpoint: string,
  stopServer: () => Promise<void>,
): Promise<ItemsTable> {
  const tableName = "Items";
  const clients: DynamoDBClient[] = [];
  const client = () => {
    const made = new DynamoDBClient({
      endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
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
    tableName,
    client,
    stop: async () => {
      for (const made of clients) made.destroy();
      await stopServer();
    },
  };
}
