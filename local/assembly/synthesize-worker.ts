import { workerData } from "node:worker_threads";
import { buildApp } from "../../infra/app.ts";

// In a thread of its own: CDK blocks for about a second and its memory is given back afterwards.

const { outdir, bundleDirectory } = workerData as { outdir: string; bundleDirectory: string };
buildApp({ outdir, bundleDirectory }).synth();
