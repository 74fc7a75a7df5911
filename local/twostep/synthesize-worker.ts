import { workerData } from "node:worker_threads";
import { buildApp } from "../../infra/app.ts";
import { stacks } from "../../twostep.config.ts";
import type { SynthesisData } from "../aws/assembly/synthesis-data.ts";
import { localStacks } from "./local-stacks.ts";

// This file runs in its own thread: CDK blocks for about a second, and the end of the thread gives CDK's memory back.

buildApp({ ...(workerData as SynthesisData), stacks: localStacks(stacks) }).synth();
