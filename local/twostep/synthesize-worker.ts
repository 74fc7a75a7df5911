import { workerData } from "node:worker_threads";
import { buildApp } from "../../infra/app.ts";
import type { SynthesisData } from "../aws/assembly/synthesis-data.ts";

// In a thread of its own: CDK blocks for about a second and its memory is given back afterwards.

buildApp(workerData as SynthesisData).synth();
