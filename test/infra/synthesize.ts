import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, vi } from "vitest";
import * as z from "zod";
import { buildApp } from "../../infra/app.ts";
import type { StackSettings, Stacks } from "../../infra/settings/stacks.ts";
import { processDirectory } from "../support/process-directory.ts";
import { readable } from "./readable.ts";

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  UpdatePolicy: z.unknown().optional(),
});
export type Resource = z.infer<typeof Resource>;

export const Template = z.object({
  Parameters: z.record(z.string(), z.record(z.string(), z.unknown())),
  Outputs: z.record(z.string(), z.unknown()),
  Resources: z.record(z.string(), Resource),
});
export type Template = z.infer<typeof Template>;

const FunctionProperties = z.looseObject({
  Description: z.string(),
  Code: z.object({ S3Key: z.string() }).loose(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

/** Who hears of alarms, where a test names somebody. */
export const topic = "arn:aws:sns:eu-central-1:111122223333:alarms";

/** What a production stack sets at least. */
export const production = {
  allowedOrigins: ["https://panel.example.com"],
  alarmTopicArn: "none",
};

/** A deployed function as the template describes it: `name` from its description, `asset` the directory of its code. */
export type TemplateFunction = {
  name: string;
  logicalId: string;
  asset: string;
  variables: Readonly<Record<string, unknown>>;
  properties: Readonly<Record<string, unknown>>;
};

/** A directory that is gone when the test file is done; call it outside tests. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "twostep-infra-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Where this process has synthesized what it was asked for: it takes seconds, and the sources stay as they are. */
const synthesized = new Map<string, string>();

/**
 * Synthesizes the stack `Twostep` in process into a directory, which is only to be read, and returns it with the parsed
 * template.
 */
export function synthesize(settings: Partial<StackSettings> = {}): {
  directory: string;
  template: Template;
} {
  const asked = JSON.stringify(settings);
  const directory = synthesized.get(asked) ?? synthesizeNow({ ...production, ...settings });
  synthesized.set(asked, directory);
  return { directory, template: readTemplate(join(directory, "cdk.out")) };
}

const synthesizeNow = (settings: StackSettings): string => synthesizeStacks({ Twostep: settings });

/** Synthesizes these stacks in process, and returns the directory. */
export function synthesizeStacks(stacks: Stacks): string {
  const directory = processDirectory();
  // CDK's own rules take a second each time; the synth through the CLI is where they are checked.
  vi.stubEnv("CDK_VALIDATION", "false");
  buildApp({
    outdir: join(directory, "cdk.out"),
    bundleDirectory: join(directory, "functions"),
    pagesDirectory: join(directory, "pages"),
    stacks,
  }).synth();
  return directory;
}

export function readTemplate(assembly: string, stack = "Twostep"): Template {
  return Template.parse(
    JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), "utf8")) as unknown,
  );
}

/** Every resource of a type, with its logical id. */
export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The one resource of a type. */
export function theOnly(template: Template, type: string): Resource {
  const [first, ...others] = resourcesOf(template, type);
  if (!first || others.length > 0) throw new Error(`expected one ${type}`);
  return first[1];
}

/** Every function of ours, by its name. */
export function functionsOf(template: Template, assembly: string): Map<string, TemplateFunction> {
  return new Map(
    resourcesOf(template, "AWS::Lambda::Function").map(([logicalId, resource]) => {
      const properties = FunctionProperties.parse(resource.Properties);
      const name = properties.Description.replace("functions/", "");
      const asset = join(assembly, `asset.${properties.Code.S3Key.replace(".zip", "")}`);
      const variables = properties.Environment.Variables;
      return [name, { name, logicalId, asset, variables, properties: resource.Properties }];
    }),
  );
}

/** The construct that a reference names, by its ARN or without; any other value as JSON, so that it cannot pass for one. */
export function named(value: unknown): string {
  const text = readable(value);
  const found = typeof text === "string" ? /^\$\{(\w+)(?:\.Arn)?\}$/.exec(text) : null;
  return found?.[1] ?? JSON.stringify(text);
}

/** What the one resource of a type is set to, in readable form. */
export const settingsOfOnly = (
  template: Template,
  type: string,
): Readonly<Record<string, unknown>> =>
  Settings.parse(readable(theOnly(template, type).Properties));

const Settings = z.record(z.string(), z.unknown());

/** What every resource of a type is set to, in readable form, by its construct. */
export const settingsOf = (template: Template, type: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    resourcesOf(template, type).map(([logicalId, { Properties }]) => [
      named({ Ref: logicalId }),
      readable(Properties),
    ]),
  );
