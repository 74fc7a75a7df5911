import { join } from "node:path";
import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test, vi } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { checkStacks } from "../../infra/settings/stacks.ts";
import type { Stacks } from "../../infra/settings/stacks.ts";
import { stacks } from "../../twostep.config.ts";
import { processDirectory } from "../support/process-directory.ts";
import { documentedSettings, documentedStacks, stackOfExample } from "./documented-settings.ts";

/** What the compiler lets a stack say. It compares with the whole type, so a new setting has to be named here. */
const everySetting: Readonly<Record<keyof Required<Stacks[string]>, true>> = {
  ...{ allowedOrigins: true, serviceName: true, domain: true, pages: true, signInUrl: true },
  ...{ telegram: true, phones: true, limits: true, languages: true, alarmTopicArn: true },
  ...{ reservedConcurrency: true, accountsTable: true, architecture: true, trial: true },
  ...{ tracing: true },
  edgeProtection: true,
};

/** Every example by itself, the page's whole file, and the file that comes with the project. */
const all: Stacks = {
  ...Object.fromEntries(
    documentedSettings.map(({ example }, n) => [`Example${n}`, stackOfExample(example)]),
  ),
  ...documentedStacks(),
  ...stacks,
};

test("the page has every setting, each with an example of its own, and no other", () => {
  const named = documentedSettings.map(({ name }) => name.split(".")[0]);
  expect([...new Set(named)].sort()).toEqual(Object.keys(everySetting).sort());
  for (const { name, example } of documentedSettings) {
    const parts = name.split(".");
    const value = parts.reduce<unknown>(
      (holder, part) => (holder as Record<string, unknown>)[part],
      stackOfExample(example),
    );
    expect([name, value]).not.toEqual([name, undefined]);
  }
});

test("a misspelt setting of an example would fail", () => {
  expect(() => checkStacks({ One: stackOfExample("trail: true") })).toThrow("no setting trail");
});

test("every documented setting, alone and together, passes the rules of CDK and of cdk-nag", () => {
  vi.stubEnv("CDK_VALIDATION", "true");
  const directory = processDirectory();
  const app = buildApp({
    outdir: join(directory, "cdk.out"),
    bundleDirectory: join(directory, "functions"),
    pagesDirectory: join(directory, "pages"),
    stacks: all,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const made = app.synth().stacks.map(({ stackName }) => stackName);
  expect(made).toEqual(expect.arrayContaining(Object.keys(all)));
  // The web ACL's own stack, of the example and of the whole file.
  expect(made.filter((name) => name.endsWith("-Edge"))).toHaveLength(2);
});
