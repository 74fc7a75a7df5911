import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import { createItemsTable, type ItemsTable } from "./items-table.ts";
import { straightTo } from "./straight-to-server.ts";

/** Starts an embedded DynamoDB with the one table: in this process, in memory. Others reach it on a free port. */
export async function startDynalite(): Promise<ItemsTable> {
  // Without a path, dynalite keeps nothing on disk.
  const server = dynalite({ path: "", createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // The server does not keep the process alive if a test forgets to stop it.
  server.unref();
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return createItemsTable(`http://127.0.0.1:${port}`, stop, straightTo(server));
}
