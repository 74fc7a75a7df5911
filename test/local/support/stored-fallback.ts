import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { Stack } from "../../../local/stack.ts";

export type StoredFallback = {
  /** The stored form leaves out null values. */
  token?: string;
  runs: number;
  sends: { channel: string; state: string; reference: string | null }[];
};

type Stored = {
  challenges: { id: string; status: string; fallback: StoredFallback | null }[];
  phoneEnrolment: { id: string; fallback: StoredFallback | null } | null;
};

export type StoredFallbacks = {
  /** The fallbacks of an account's open challenges and of the number that is being added, as they are stored now. */
  read: (account: string) => Promise<StoredFallback[]>;
  end: () => void;
};

/** Looks into the table of a stack of the project's own template. */
export function storedFallbacks({
  endpoints,
  functions,
}: Pick<Stack, "endpoints" | "functions">): StoredFallbacks {
  const table = new DynamoDBClient({
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    endpoint: endpoints.dynamodb,
  });
  const names = functions.flatMap(({ environment: { TABLE_NAME } }) => TABLE_NAME ?? []);
  return {
    read: async (account) => {
      const Key = { pk: { S: `account#${account}` }, sk: { S: "account" } };
      const found = await table.send(new GetItemCommand({ TableName: names[0], Key }));
      const stored = JSON.parse(found.Item?.["account"]?.S ?? "") as Stored;
      const pending = stored.challenges.filter(({ status }) => status === "pending");
      return [...pending, stored.phoneEnrolment].flatMap((one) => one?.fallback ?? []);
    },
    end: () => table.destroy(),
  };
}
