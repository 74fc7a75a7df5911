declare module "dynalite" {
  import type { Server } from "node:http";

  const dynalite: (options: { path: string; createTableMs: number }) => Server;
  export = dynalite;
}

/** dynalite's store below its HTTP interface. It is not documented, so tests cover the parts that are used here. */
declare module "dynalite/db/index.js" {
  type TableRecord = { TableName: string; TableStatus: string };

  type Store = {
    db: { open: () => Promise<void>; close: () => Promise<void> };
    tableDb: {
      createValueStream: (options: object) => AsyncIterable<TableRecord>;
      put: (key: string, value: TableRecord, done: (error: Error | null) => void) => void;
    };
  };

  const stores: { create: (options: { path: string }) => Store };
  export = stores;
}
