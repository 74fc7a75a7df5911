import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Template } from "../template/template.ts";
import type { Assembly } from "../template/template.ts";
import { hashSources } from "./sources-hash.ts";
import type { SynthesisData } from "./synthesis-data.ts";

/** The CDK app that is to be synthesized. */
export type App = {
  /** The project's folder. */
  root: string;
  /** The files and folders under `root` from which the template and the bundles are made. */
  sources: readonly string[];
  /** The folder for the assemblies. */
  cache: string;
  /** A module that synthesizes the app in a thread of its own, given `SynthesisData`. */
  synthesizer: URL;
};

const PREFIX = "local-";
/** Old assemblies are kept for a while: another stack may still load functions from one. */
const KEPT = 5;
const UNFINISHED_MS = 10 * 60 * 1000;

/**
 * Returns the cloud assembly of the present sources. It takes the assembly of an earlier run if nothing that determines
 * it has changed, and synthesizes a new one otherwise. Each version has its own folder, which appears complete or not
 * at all, so stacks that start together do not disturb each other.
 */
export async function openAssembly(app: App): Promise<Assembly> {
  let directory = await currentDirectory(app);
  while (!existsSync(directory)) {
    await synthesizeInto(directory, app);
    directory = await currentDirectory(app);
  }
  const now = new Date();
  await utimes(directory, now, now);
  await removeOld(app);
  return readAssembly(directory);
}

/** Reads the template of an assembly that has one stack with an HTTP API. */
async function readAssembly(directory: string): Promise<Assembly> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".template.json"));
  const templates = await Promise.all(
    names.map(async (name) =>
      Template.parse(JSON.parse(await readFile(join(directory, name), "utf8"))),
    ),
  );
  const [template, ...others] = templates.filter(({ Resources }) =>
    Object.values(Resources).some(({ Type }) => Type === "AWS::ApiGatewayV2::Api"),
  );
  if (!template || others.length > 0)
    throw new Error(
      `${directory} must hold one template with an HTTP API; it holds ${names.join(", ") || "none"}.`,
    );
  return { template, directory };
}

async function currentDirectory({ cache, root, sources }: App): Promise<string> {
  return join(cache, PREFIX + (await hashSources(root, sources)));
}

async function synthesizeInto(directory: string, app: App): Promise<void> {
  const { cache } = app;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, `${PREFIX}unfinished-`));
  try {
    const outdir = join(work, "assembly");
    await runSynthesis(app, {
      outdir,
      bundleDirectory: join(work, "bundles"),
      pagesDirectory: join(work, "pages"),
    });
    // A source has changed during the synthesis, so the result belongs to neither hash.
    if ((await currentDirectory(app)) !== directory) return;
    await rename(outdir, directory).catch((error: unknown) => {
      // Another stack was quicker with the same sources.
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function runSynthesis({ synthesizer }: App, where: SynthesisData): Promise<void> {
  const worker = new Worker(synthesizer, {
    workerData: where,
    // CDK's validation of its own options takes seconds and says nothing new here.
    env: { ...process.env, CDK_VALIDATION: "false" },
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`Synthesis ended with code ${code}.`)),
    );
  });
}

/** Removes all assemblies except those used last. Removes also the unfinished work of processes that were killed. */
async function removeOld({ cache }: App): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name.startsWith(PREFIX));
  const found = await Promise.all(
    names.map(async (name) => ({ name, usedAt: await usedAt(join(cache, name)) })),
  );
  const isUnfinished = (name: string): boolean => name.startsWith(`${PREFIX}unfinished-`);
  const newestFirst = found
    .filter(({ name }) => !isUnfinished(name))
    .sort((a, b) => b.usedAt - a.usedAt);
  const abandoned = found.filter(
    (each) => isUnfinished(each.name) && each.usedAt < Date.now() - UNFINISHED_MS,
  );
  for (const { name } of [...newestFirst.slice(KEPT), ...abandoned])
    await rm(join(cache, name), { recursive: true, force: true });
}

async function usedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    // Another stack removed it just now.
    return 0;
  }
}
