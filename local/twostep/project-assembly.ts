import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openAssembly } from "../aws/assembly/assembly.ts";
import type { Assembly } from "../aws/template/template.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** All that the template and the bundles are made of. */
const SOURCES = [
  "functions",
  "lib",
  "infra",
  "web",
  "cdk.json",
  "package-lock.json",
  "tsconfig.json",
];

/** The cloud assembly of the project's sources as they are. */
export const openProjectAssembly = (): Promise<Assembly> =>
  openAssembly({
    root,
    sources: SOURCES,
    cache: join(root, "cdk.out"),
    synthesizer: new URL("./synthesize-worker.ts", import.meta.url),
  });
