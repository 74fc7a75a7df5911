import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { buildApp } from "../../../infra/app.ts";
import type { StackSettings } from "../../../infra/settings/stacks.ts";
import { deployedBy, Resources, type Deployed } from "./deployed.ts";

const production: StackSettings = {
  allowedOrigins: ["https://panel.example.com"],
  alarmTopicArn: "none",
};

/** Settings that cost money, each by its name in `twostep.config.ts`. */
const options = {
  tracing: { ...production, tracing: true },
  edgeProtection: { ...production, edgeProtection: true },
  canary: { ...production, canary: { percent: 10, minutes: 5 } },
} as const satisfies Record<string, StackSettings>;

export type Option = keyof typeof options;

export type EveryDeployed = {
  /** A production stack with the least settings. */
  readonly plain: Deployed;
  /** The same with one option more. */
  readonly with: Readonly<Record<Option, Deployed>>;
};

/** Synthesizes the app, as a deployment does, and reads what the costs depend on. */
export const readDeployed = (): EveryDeployed => {
  const directory = mkdtempSync(join(tmpdir(), "twostep-cost-"));
  try {
    // CDK's own validation is slow; test/infra/nag.test.ts runs it.
    process.env["CDK_VALIDATION"] = "false";
    const { stacks } = buildApp({
      outdir: join(directory, "cdk.out"),
      bundleDirectory: join(directory, "functions"),
      pagesDirectory: join(directory, "pages"),
      stacks: { plain: production, ...options },
    }).synth();
    const deployed = (name: string) => {
      // The web ACL is in a second stack.
      const made = stacks.filter(({ stackName }) => [name, `${name}-Edge`].includes(stackName));
      return deployedBy(Object.assign({}, ...made.map(resourcesIn)) as z.infer<typeof Resources>);
    };
    return {
      plain: deployed("plain"),
      with: {
        tracing: deployed("tracing"),
        edgeProtection: deployed("edgeProtection"),
        canary: deployed("canary"),
      },
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const resourcesIn = ({ templateFullPath }: { readonly templateFullPath: string }) =>
  z.object({ Resources }).parse(JSON.parse(readFileSync(templateFullPath, "utf8"))).Resources;
