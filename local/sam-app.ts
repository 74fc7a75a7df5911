import { buildApp } from "../infra/app.ts";
import { stacks } from "../twostep.config.ts";
import { localStacks } from "./twostep/local-stacks.ts";

/**
 * The CDK app for AWS SAM: the first stack, for the processor of this machine. SAM's containers of another processor
 * are emulated, or do not run.
 */
const architecture = process.arch === "x64" ? "x86_64" : "arm64";

buildApp({
  stacks: Object.fromEntries(
    Object.entries(localStacks(stacks)).map(([name, settings]) => [
      name,
      { ...settings, architecture },
    ]),
  ),
}).synth();
