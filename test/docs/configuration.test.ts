import { join } from "node:path";
import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test, vi } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { checkStacks } from "../../infra/settings/stacks.ts";
import type { StackSettings, Stacks } from "../../infra/settings/stacks.ts";
import { stacks } from "../../twostep.config.ts";
import { processDirectory } from "../support/process-directory.ts";
import { documentedSettings, documentedStacks, stackOfExample } from "./documented-settings.ts";

/** What the compiler lets a stack say. It compares with the whole type, so a new setting has to be named here. */
const everySetting: Readonly<Record<keyof Required<Stacks[string]>, true>> = {
  ...{ allowedOrigins: true, serviceName: true, domain: true, pages: true, signInUrl: true },
  ...{
    telegram: true,
    phones: true,
    limits: true,
    languages: true,
    alarmTopicArn: true,
    syntheticSignIn: true,
  },
  ...{ reservedConcurrency: true, accountsTable: true, architecture: true, trial: true },
  ...{ tracing: true, canary: true },
  edgeProtection: true,
};

/** Every example by itself, the page's whole file, and the file that comes with the project. */
const alone: Stacks = Object.fromEntries(
  documentedSettings.map(({ example }, n) => [`Example${n}`, stackOfExample(example)]),
);
const whole: Stacks = { ...documentedStacks(), ...stacks };

const isGood = (settings: StackSettings): boolean => {
  try {
    checkStacks({ One: settings });
    return true;
  } catch {
    return false;
  }
};

/** The examples in as few stacks as have no setting twice and go together: CDK's and cdk-nag's rules take a second for each stack. */
const together: Stacks = Object.fromEntries(
  Object.values(alone)
    .reduce<StackSettings[]>((groups, { allowedOrigins, alarmTopicArn, ...others }) => {
      const said = alarmTopicArn === undefined || alarmTopicArn === "none" ? {} : { alarmTopicArn };
      const example = { ...others, ...said };
      const isFree = (group: StackSettings, key: string) =>
        !(key in group) || (key === "alarmTopicArn" && group.alarmTopicArn === "none");
      const fits = (group: StackSettings) =>
        Object.keys(example).every((key) => isFree(group, key)) && isGood({ ...group, ...example });
      const least: StackSettings = { allowedOrigins, alarmTopicArn: "none" };
      const group = groups.find(fits) ?? least;
      return [...groups.filter((one) => one !== group), { ...group, ...example }];
    }, [])
    .map((settings, n) => [`Together${n}`, settings]),
);

const appOf = (all: Stacks) => {
  const directory = processDirectory();
  return buildApp({
    outdir: join(directory, "cdk.out"),
    bundleDirectory: join(directory, "functions"),
    pagesDirectory: join(directory, "pages"),
    stacks: all,
  });
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

test("every documented setting by itself is synthesized", () => {
  vi.stubEnv("CDK_VALIDATION", "false");
  const made = appOf(alone).synth().stacks;
  expect(made.map(({ stackName }) => stackName)).toEqual(
    expect.arrayContaining(Object.keys(alone)),
  );
}, 120_000);

test("all documented settings, and the documented stacks, pass the rules of CDK and of cdk-nag", () => {
  vi.stubEnv("CDK_VALIDATION", "true");
  const all = { ...together, ...whole };
  const examples = Object.values(together).flatMap((settings) => Object.keys(settings));
  expect(new Set(examples)).toEqual(new Set(Object.keys(everySetting)));
  const app = appOf(all);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const made = app.synth().stacks.map(({ stackName }) => stackName);
  expect(made).toEqual(expect.arrayContaining(Object.keys(all)));
  // The web ACL's own stack, of the example and of the whole file.
  expect(made.filter((name) => name.endsWith("-Edge"))).toHaveLength(2);
}, 120_000);
