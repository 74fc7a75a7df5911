import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type * as bundles from "../../infra/bundles/bundle.ts";

/**
 * Compares checkouts: the time of work with the table, and the time to load a function. The checkouts run in turns,
 * because the load of the machine changes.
 *
 *     node tools/benchmarks/table.ts ../before .
 */
const roots = process.argv.slice(2).map((root) => resolve(root));
if (roots.length === 0) throw new Error("Usage: node tools/benchmarks/table.ts CHECKOUT ...");

const rounds = { work: 7, load: 15 };
const functions = ["challenge", "sessions", "call-status"];

/** The measured values: by name, for each checkout, one value for each round. */
const measured = new Map<string, number[][]>();
const note = (name: string, root: number, value: number) => {
  const values = measured.get(name) ?? roots.map(() => []);
  values[root]?.push(value);
  measured.set(name, values);
};

const worker = fileURLToPath(new URL("table-worker.ts", import.meta.url));
const timeWork = (root: string): Record<string, number> => {
  const told = execFileSync(process.execPath, [worker, root], { encoding: "utf8" });
  return (JSON.parse(told) as { microseconds: Record<string, number> }).microseconds;
};

const bundled = mkdtempSync(join(tmpdir(), "benchmark-"));
const bundleOf = (root: number) => join(bundled, String(root));
for (const [root, path] of roots.entries()) {
  // An older checkout has it beside the app.
  const places = ["infra/bundles/bundle.ts", "infra/bundle.ts"].map((place) => join(path, place));
  const { bundle } = (await import(places.find(existsSync) ?? "")) as typeof bundles;
  bundle(bundleOf(root));
}

/**
 * The environment variables that the template gives to functions. The functions do not use the values while they load.
 */
const settings = [
  ...["TABLE_NAME", "TELEGRAM_QUEUE_URL", "FALLBACK_ARN", "EVENT_BUS_NAME", "SERVICE_NAME"],
  ...["TOTP", "RECOVERY", "CODES", "LOOKUP"].map((name) => `${name}_KEY_SECRET_ID`),
  ...["UCALLER", "SMSRU", "TELNYX"].map((name) => `${name}_API_ROOT`),
  "CARRIER_CREDENTIALS_SECRET_ID",
];
const env = {
  AWS_REGION: "eu-central-1",
  // A function asks for its secrets as soon as it has loaded. Nothing listens at this address, and the process has
  // already ended by then.
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  ...Object.fromEntries(settings.map((name) => [name, "x"])),
};
const load = `
const [began, cpu] = [performance.now(), process.cpuUsage()];
require(process.argv[1]);
const wall = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ wall, cpu: (user + system) / 1000 }));
process.exit();`;
const timeLoad = (root: number, name: string): { wall: number; cpu: number } => {
  const file = join(bundleOf(root), name, "index.js");
  const told = execFileSync(process.execPath, ["-e", load, file], { env, encoding: "utf8" });
  return JSON.parse(told) as { wall: number; cpu: number };
};

for (let round = 0; round < rounds.work; round += 1) {
  for (const [root, path] of roots.entries()) {
    for (const [name, value] of Object.entries(timeWork(path))) {
      note(`${name}, µs of CPU`, root, value);
    }
  }
}
// The first load fills the disk cache, so it does not count.
for (const name of functions) for (const root of roots.keys()) timeLoad(root, name);
for (let round = 0; round < rounds.load; round += 1) {
  for (const name of functions) {
    for (const root of roots.keys()) {
      const { wall, cpu } = timeLoad(root, name);
      note(`load ${name}, ms`, root, wall);
      note(`load ${name}, ms of CPU`, root, cpu);
    }
  }
}
rmSync(bundled, { recursive: true });

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.round((values.length - 1) * part)] ?? NaN;
const median = (values: readonly number[]) => quantile(values, 0.5);
const figure = (value: number) => value.toFixed(value < 100 ? 1 : 0);

for (const [name, all] of measured) {
  const told = all.map(
    (values) =>
      `${figure(median(values))} (${figure(quantile(values, 0.25))}–${figure(quantile(values, 0.75))})`,
  );
  const ratios = all.slice(1).map((values) => (median(values) / median(all[0] ?? [])).toFixed(2));
  console.log(`| ${[name, ...told, ...ratios].join(" | ")} |`);
}
