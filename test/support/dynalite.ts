import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import { createItemsTable, type ItemsTable } from "./items-table.ts";

/** Starts an embedded DynamoDB in this process, in memory, on a free port, with the one table. */
export async function startDynalite(): Promise<ItemsTable> {
  // Without a path it keeps nothing on disk.
  const server = dynalite({ path: "", createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that forgets to stop it does not keep the process alive.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return createItemsTable(`http://127.0.0.1:${port}`, async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
}
