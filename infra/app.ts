import { App } from "aws-cdk-lib";
import recommendedFlags from "aws-cdk-lib/recommended-feature-flags.json" with { type: "json" };
import { bundle } from "./bundle.ts";
import { TwostepStack } from "./twostep-stack.ts";

export type BuildAppOptions = {
  /** Where the cloud assembly goes; without it, where the CLI says, else a temporary directory. */
  outdir?: string;
  /** Where the functions are bundled; `dist/functions` if not given. */
  bundleDirectory?: string;
};

/**
 * Bundles the functions and builds the app; `synth()` on what it returns writes the template of the stack `Twostep`. With
 * `--context stage=NAME` the deployed stack is `Twostep-NAME`, so that several can live in one account. Needs neither an AWS account
 * nor the network.
 */
export function buildApp(options: BuildAppOptions = {}): App {
  const app = new App({
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    analyticsReporting: false,
    // Those of the pinned CDK, here and not in cdk.json, so that the CLI and a synth in process make the same template.
    context: recommendedFlags,
  });
  const stage: unknown = app.node.tryGetContext("stage");
  new TwostepStack(app, "Twostep", {
    bundleDirectory: bundle(options.bundleDirectory).directory,
    description: "Twostep: the second step of a sign-in",
    ...(typeof stage === "string" ? { stackName: `Twostep-${stage}` } : {}),
  });
  return app;
}

if (import.meta.main) buildApp().synth();
