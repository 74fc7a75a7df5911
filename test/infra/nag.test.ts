import { join } from "node:path";
import { Stack, Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { CfnQueue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { beforeEach, expect, test, vi } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { production, temporaryDirectory } from "./synthesize.ts";

const directory = temporaryDirectory();

/** The app under cdk-nag's rules for AWS solutions; its synth throws what they find. */
const checked = (name: string) => {
  const app = buildApp({
    outdir: join(directory, name),
    bundleDirectory: join(directory, "functions"),
    pagesDirectory: join(directory, "pages"),
    stacks: { Twostep: production },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};

/** What was found, by rule and place. */
const findings = (app: ReturnType<typeof buildApp>): string[] => {
  try {
    app.synth();
    return [];
  } catch (error) {
    const lines = String(error).split("\n");
    return lines.filter((line) => /^\s+Twostep\/|Acknowledge with/.test(line));
  }
};

beforeEach(() => {
  // CDK's own rules run where the CLI synthesizes.
  vi.stubEnv("CDK_VALIDATION", "true");
});

// That they find nothing in any documented stack: test/docs/configuration.test.ts.
test("CDK's own default rules are errors: what CloudFormation would refuse fails here", () => {
  const app = checked("with a queue of two weeks' timeout");
  const stack = app.node.children.find((child) => Stack.isStack(child));
  if (!stack) throw new Error("No stack.");
  new CfnQueue(stack, "Patient", { visibilityTimeout: 14 * 24 * 3600 });
  expect(() => app.synth()).toThrow(/VisibilityTimeout/);
});

test("what is not acknowledged fails", () => {
  const app = checked("with a careless bucket");
  const stack = app.node.children.find((child) => Stack.isStack(child));
  if (!stack) throw new Error("No stack.");
  new Bucket(stack, "Careless");
  expect(findings(app).join()).toContain("Twostep/Careless");
});
