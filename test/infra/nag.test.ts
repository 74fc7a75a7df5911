import { join } from "node:path";
import { Stack, Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { CfnQueue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test, vi } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { production, temporaryDirectory } from "./synthesize.ts";

const directory = temporaryDirectory();

/** What the synth of the app says, with mistakes in its stack. Both are made in one app: a synth under all rules takes seconds. */
const said = (() => {
  // CDK's own rules run where the CLI synthesizes.
  vi.stubEnv("CDK_VALIDATION", "true");
  const app = buildApp({
    outdir: join(directory, "cdk.out"),
    bundleDirectory: join(directory, "functions"),
    pagesDirectory: join(directory, "pages"),
    stacks: { Twostep: production },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = app.node.children.find((child) => Stack.isStack(child));
  if (!stack) throw new Error("No stack.");
  new CfnQueue(stack, "Patient", { visibilityTimeout: 14 * 24 * 3600 });
  new Bucket(stack, "Careless");
  try {
    app.synth();
    return "";
  } catch (error) {
    return String(error);
  } finally {
    vi.unstubAllEnvs();
  }
})();

// That they find nothing in any documented stack: test/docs/configuration.test.ts.
test("CDK's own default rules are errors: what CloudFormation would refuse fails here", () => {
  expect(said).toMatch(/VisibilityTimeout/);
});

test("what is not acknowledged fails", () => {
  const findings = said.split("\n").filter((line) => /^\s+Twostep\/|Acknowledge with/.test(line));
  expect(findings.join()).toContain("Twostep/Careless");
});
