import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { metricSeries } from "../../../tools/cost/assumptions.ts";
import { readDeployed, type EveryDeployed } from "../../../tools/cost/deployed/read-deployed.ts";
import { measure, type Counts } from "../../../tools/cost/metering/measure.ts";
import { costPage } from "../../../tools/cost/page/page.ts";

let deployed: EveryDeployed;
let counts: Counts;
beforeAll(async () => {
  deployed = readDeployed();
  counts = await measure(deployed.plain.fallback);
});

test("docs/cost.md says what is counted now (npm run cost writes it)", () => {
  const page = new URL("../../../docs/cost.md", import.meta.url);
  expect(readFileSync(page, "utf8")).toBe(costPage(counts, deployed));
});

type Measured = {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly [
      { readonly Dimensions: readonly [string[]]; readonly Metrics: readonly [{ Name: string }] },
    ];
  };
};

/** Each name of a measure with its dimensions, as CloudWatch bills them. */
const seriesIn = ({ signIns, others }: Counts): ReadonlySet<string> => {
  const lines = [...Object.values(signIns), ...Object.values(others)]
    .flatMap(({ invocations }) => invocations)
    .flatMap((invocation) => invocation.lines)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => "_aws" in line);
  return new Set(
    lines.map((line) => {
      const [{ Dimensions, Metrics }] = (line as Measured)._aws.CloudWatchMetrics;
      const [names] = Dimensions;
      return JSON.stringify([Metrics[0].Name, ...names.map((name) => [name, line[name]])]);
    }),
  );
};

test("the assumed number of custom metrics is at least that of the metered sign-ins", () => {
  const counted = seriesIn(counts);
  expect(counted.size).toBeGreaterThan(10);
  expect(counted.size).toBeLessThanOrEqual(metricSeries);
});
