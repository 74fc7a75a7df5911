import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openAssembly } from "../aws/assembly/assembly.ts";
import type { Assembly } from "../aws/template/template.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The files and folders from which the template and the bundles are made. */
const SOURCES = [
  "functions",
  "lib",
  "infra",
  "web",
  "twostep.config.ts",
  "cdk.json",
  "package-lock.json",
  "tsconfig.json",
];

/** The cloud assembly of the project's present sources. */
export const openProjectAssembly = (): Promise<Assembly> =>
  openAssembly({
    root,
    sources: SOURCES,
    cache: join(root, "cdk.out"),
    synthesizer: new URL("./synthesize-worker.ts", import.meta.url),
  });
