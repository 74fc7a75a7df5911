import { App } from "aws-cdk-lib";
import recommendedFlags from "aws-cdk-lib/recommended-feature-flags.json" with { type: "json" };
import { bundle } from "./bundles/bundle.ts";
import { bundleWeb } from "./bundles/bundle-web.ts";
import { EdgeStack } from "./edge-stack.ts";
import { readContext } from "./settings/read-context.ts";
import { TwostepStack } from "./twostep-stack.ts";

export type BuildAppOptions = {
  /** Where the cloud assembly goes; if not given, where the CLI says, or else a temporary directory. */
  outdir?: string;
  /** Where the functions are bundled; `dist/functions` if not given. */
  bundleDirectory?: string;
  /** Where the pages are bundled; `dist/web` if not given. */
  pagesDirectory?: string;
  /** The values that the CLI takes as `--context`. */
  context?: Readonly<Record<string, string>>;
};

/**
 * Bundles the functions and the pages, and builds the app. `synth()` on the result writes the template of the stack
 * `Twostep`. `read-context.ts` lists what `--context` may say. This needs neither an AWS account nor the network.
 */
export function buildApp(options: BuildAppOptions = {}): App {
  const app = new App({
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    analyticsReporting: false,
    // The flags of the pinned CDK. They are here and not in cdk.json, so that the CLI and a synth in process make the
    // same template.
    context: { ...recommendedFlags, ...options.context },
  });
  const choices = readContext(app);
  new TwostepStack(app, "Twostep", {
    ...choices.stack,
    bundleDirectory: bundle(options.bundleDirectory).directory,
    pagesDirectory:
      choices.stack.pages === false
        ? undefined
        : bundleWeb(options.pagesDirectory, choices.stack.languages).directory,
    description: "Twostep: the second step of a sign-in",
  });
  if (choices.edge) {
    const { stackName = "Twostep" } = choices.stack;
    new EdgeStack(app, "TwostepEdge", {
      stackName: `${stackName}-Edge`,
      description: "Twostep: rate rules before its pages",
    });
  }
  return app;
}

if (import.meta.main) buildApp().synth();
