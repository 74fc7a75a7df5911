import { workerData } from "node:worker_threads";
import { buildApp } from "../../infra/app.ts";
import type { SynthesisData } from "../aws/assembly/synthesis-data.ts";

// This file runs in its own thread: CDK blocks for about a second, and the end of the thread gives CDK's memory back.

buildApp(workerData as SynthesisData).synth();
