import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { App } from "aws-cdk-lib";
import recommendedFlags from "aws-cdk-lib/recommended-feature-flags.json" with { type: "json" };
import { everyLanguage, type Languages } from "../lib/settings/languages.ts";
import { stacks } from "../twostep.config.ts";
import { bundle } from "./bundles/bundle.ts";
import { bundleWeb } from "./bundles/bundle-web.ts";
import { EdgeStack } from "./edge-stack.ts";
import { refuseContext } from "./settings/refuse-context.ts";
import { checkStacks } from "./settings/stacks.ts";
import type { Stacks } from "./settings/stacks.ts";
import { TwostepStack } from "./twostep-stack.ts";

const webRoot = fileURLToPath(new URL("../dist/web", import.meta.url));

export type BuildAppOptions = {
  /** Where the cloud assembly goes; if not given, where the CLI says, or else a temporary directory. */
  outdir?: string;
  /** Where the functions are bundled; `dist/functions` if not given. */
  bundleDirectory?: string;
  /** Where the pages are bundled, in a folder for each list of languages; `dist/web` if not given. */
  pagesDirectory?: string;
  /** The stacks and their settings. */
  stacks: Stacks;
};

/**
 * Bundles the functions and the pages, and builds the app. `synth()` on the result writes one template for each stack,
 * `NAME.template.json`. This needs neither an AWS account nor the network.
 */
export function buildApp({ stacks, ...options }: BuildAppOptions): App {
  checkStacks(stacks);
  const app = new App({
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    analyticsReporting: false,
    // The flags of the pinned CDK. They are here and not in cdk.json, so that the CLI and a synth in process make the
    // same template.
    context: recommendedFlags,
  });
  refuseContext(app);
  const { directory: bundleDirectory } = bundle(options.bundleDirectory);
  const pagesIn = bundledPages(options.pagesDirectory ?? webRoot);
  for (const [name, { edgeProtection, ...props }] of Object.entries(stacks)) {
    const pagesDirectory = props.pages === false ? undefined : pagesIn(props.languages);
    new TwostepStack(app, name, {
      description: "Twostep: the second step of a sign-in",
      service: { ...props, bundleDirectory, pagesDirectory },
    });
    if (edgeProtection) {
      new EdgeStack(app, `${name}-Edge`, { description: "Twostep: rate rules before its pages" });
    }
  }
  return app;
}

/** Bundles the pages once for each list of languages, and returns their folder. */
const bundledPages = (root: string): ((languages?: Languages) => string) => {
  const made = new Map<string, string>();
  return (languages = everyLanguage) => {
    const name = languages.join("-");
    const directory = made.get(name) ?? bundleWeb(join(root, name), languages).directory;
    made.set(name, directory);
    return directory;
  };
};

if (import.meta.main) buildApp({ stacks }).synth();
