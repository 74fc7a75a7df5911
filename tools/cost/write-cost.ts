import { writeFileSync } from "node:fs";
import { readDeployed } from "./deployed/read-deployed.ts";
import { measure } from "./metering/measure.ts";
import { costPage } from "./page/page.ts";

/** Makes the present text of `docs/cost.md`. `npm run cost` writes it. */
export const writeCost = async (): Promise<string> => {
  const deployed = readDeployed();
  return costPage(await measure(deployed.plain.fallback), deployed);
};

if (import.meta.main) {
  writeFileSync(new URL("../../docs/cost.md", import.meta.url), await writeCost());
}
