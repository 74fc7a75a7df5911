import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { buildApp } from "../../infra/app.ts";
import { functionNames, type FunctionName } from "../../infra/settings/functions.ts";
import { readDefinition, type Definition } from "../../local/aws/states-language/definition.ts";

/** The parts of the template that cost money or set a limit. */
export type Deployed = {
  readonly memoryMb: Readonly<Record<FunctionName, number>>;
  /** How many secrets each function reads when it loads. */
  readonly secretsOf: Readonly<Record<FunctionName, number>>;
  readonly fallback: Definition;
  /** Requests a second that the API's stage lets through. */
  readonly stageRate: number;
  /** An access log line with values of the usual length. */
  readonly accessLogLine: string;
  readonly logMonths: number;
  readonly traced: boolean;
  /** Whether browsers reach the API through CloudFront. */
  readonly behindEdge: boolean;
  /** How many resources of each kind AWS bills by the month. */
  readonly count: Readonly<
    Record<"keys" | "secrets" | "alarms" | "dashboards" | "webAcls", number>
  >;
};

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
type Template = z.infer<typeof Template>;

const Function = z.object({
  Description: z.string().default(""),
  MemorySize: z.number().default(128),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});
const Stage = z.object({
  DefaultRouteSettings: z.object({ ThrottlingRateLimit: z.number() }),
  AccessLogSettings: z.object({ Format: z.string() }),
});
const LogGroup = z.object({ RetentionInDays: z.number() });
const Machine = z.object({
  DefinitionString: z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) }),
});

/** Synthesizes the app, as a deployment does, and reads what the costs depend on. */
export const readDeployed = (): Deployed => {
  const directory = mkdtempSync(join(tmpdir(), "twostep-cost-"));
  const outdir = join(directory, "cdk.out");
  try {
    // CDK's own validation is slow; test/infra/nag.test.ts runs it.
    process.env["CDK_VALIDATION"] = "false";
    buildApp({
      outdir,
      bundleDirectory: join(directory, "functions"),
      pagesDirectory: join(directory, "pages"),
      stacks: { Twostep: { allowedOrigins: ["https://panel.example.com"] } },
    }).synth();
    const text = readFileSync(join(outdir, "Twostep.template.json"), "utf8");
    return deployedBy(Template.parse(JSON.parse(text)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const deployedBy = (template: Template): Deployed => {
  const resources = Object.entries(template.Resources);
  const all = <Of>(type: string, schema: z.ZodType<Of>) =>
    resources.flatMap(([id, { Type, Properties }]) =>
      Type === type ? [{ id, of: schema.parse(Properties) }] : [],
    );
  const count = (type: string) => resources.filter(([, { Type }]) => Type === type).length;
  const functions = all("AWS::Lambda::Function", Function).flatMap((one) => {
    const name = functionNames.find((name) => one.of.Description === `functions/${name}`);
    return name ? [{ ...one, name }] : [];
  });
  const byName = (numberOf: (one: (typeof functions)[number]) => number) =>
    Object.fromEntries(functions.map((one) => [one.name, numberOf(one)])) as Record<
      FunctionName,
      number
    >;
  const [stage] = all("AWS::ApiGatewayV2::Stage", Stage);
  const [machine] = all("AWS::StepFunctions::StateMachine", Machine);
  if (!stage || !machine) throw new Error("The template lacks its stage or its state machine.");

  return {
    memoryMb: byName(({ of }) => of.MemorySize),
    secretsOf: byName(
      ({ of }) =>
        Object.keys(of.Environment?.Variables ?? {}).filter((name) => name.endsWith("_SECRET_ID"))
          .length,
    ),
    fallback: fallbackOf(machine.of, (id) => functions.find((one) => one.id === id)?.name),
    stageRate: stage.of.DefaultRouteSettings.ThrottlingRateLimit,
    accessLogLine: accessLogLine(stage.of.AccessLogSettings.Format),
    logMonths: Math.max(
      ...all("AWS::Logs::LogGroup", LogGroup).map(({ of }) => of.RetentionInDays / 30),
    ),
    traced: functions.some(({ of }) => of.TracingConfig?.Mode === "Active"),
    behindEdge: count("AWS::CloudFront::Distribution") > 0,
    count: {
      keys: count("AWS::KMS::Key"),
      secrets: count("AWS::SecretsManager::Secret"),
      alarms: count("AWS::CloudWatch::Alarm") + count("AWS::CloudWatch::CompositeAlarm"),
      dashboards: count("AWS::CloudWatch::Dashboard"),
      webAcls: count("AWS::WAFv2::WebACL"),
    },
  };
};

const Reference = z.union([
  z
    .object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) })
    .transform((it) => it["Fn::GetAtt"][0]),
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
]);

/** Reads the fallback's definition. In it, functions have their names in place of references. */
const fallbackOf = (
  { DefinitionString }: z.infer<typeof Machine>,
  nameOf: (logicalId: string) => string | undefined,
): Definition => {
  const [, parts] = DefinitionString["Fn::Join"];
  const text = parts.map((part) => (typeof part === "string" ? part : Reference.parse(part)));
  return readDefinition(text.join("").replaceAll("AWS::Partition", "aws"), (id) => {
    const name = nameOf(id);
    if (!name) throw new Error(`The fallback names no function: ${id}`);
    return name;
  });
};

const usualValues: Readonly<Record<string, string>> = {
  "context.requestId": "Bn2pPgY8FiAEPsA=",
  "context.requestTime": "24/Nov/2026:10:00:00 +0000",
  "context.identity.sourceIp": "203.0.113.207",
  "context.routeKey": "POST /v1/challenge/complete",
  "context.status": "200",
  "context.responseLength": "612",
  "context.responseLatency": "38",
  "context.integrationLatency": "35",
  "context.integrationStatus": "200",
};

const accessLogLine = (format: string): string =>
  format.replace(/\$([\w.]+)/g, (_, name: string) => usualValues[name] ?? "-");
