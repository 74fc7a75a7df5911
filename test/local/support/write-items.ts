// Run as a process of its own: writes items into a table store until it is killed, and prints each one that was acknowledged.
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { createTable } from "../../../local/aws/tables/create-table.ts";
import { startTables } from "../../../local/aws/tables/tables.ts";
import { ITEMS } from "./items.ts";

const { client } = await startTables(process.argv[2] ?? "");
await createTable(client, ITEMS);
for (let number = 0; ; number += 1) {
  const Item = { pk: { S: "item" }, sk: { S: String(number) } };
  await client.send(new PutItemCommand({ TableName: ITEMS.name, Item }));
  process.stdout.write(`${number}\n`);
}
