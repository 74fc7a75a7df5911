import { afterAll, beforeAll, describe } from "vitest";
import { startDynalite } from "./dynalite.ts";
import { dynoxideIsInstalled, startDynoxide } from "./dynoxide.ts";
import type { ItemsTable } from "./items-table.ts";

/** Runs the same guarantees on each DynamoDB. A behaviour that only one of them has is no guarantee. */
export const onEveryTable = (guarantees: (table: () => ItemsTable) => void): void => {
  describe("on dynalite", () => guarantees(useTable(startDynalite)));
  describe.skipIf(!dynoxideIsInstalled)(
    dynoxideIsInstalled ? "on dynoxide" : "on dynoxide (not installed here)",
    () => guarantees(useTable(startDynoxide)),
  );
};

/** The table of the surrounding suite. It starts before the suite's tests and stops after them. */
export const useTable = (start: () => Promise<ItemsTable>): (() => ItemsTable) => {
  let table: ItemsTable | undefined;
  beforeAll(async () => {
    table = await start();
  });
  afterAll(() => table?.stop());
  return () => {
    if (!table) throw new Error("The table is there only while tests run.");
    return table;
  };
};
