import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writeCost } from "../../../tools/cost/write-cost.ts";

test("docs/cost.md says what is counted now (npm run cost writes it)", async () => {
  const page = new URL("../../../docs/cost.md", import.meta.url);
  expect(readFileSync(page, "utf8")).toBe(await writeCost());
});
