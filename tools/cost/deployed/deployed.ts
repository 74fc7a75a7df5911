import * as z from "zod";
import { functionNames, type FunctionName } from "../../../infra/settings/functions.ts";
import type { Definition } from "../../../local/aws/states-language/definition.ts";
import { accessLogLine } from "./access-log-line.ts";
import { fallbackOf, Machine } from "./fallback-of.ts";

/** The parts of a template that cost money or set a limit. */
export type Deployed = {
  readonly memoryMb: Readonly<Record<FunctionName, number>>;
  /** How many secrets each function reads when it loads. */
  readonly secretsOf: Readonly<Record<FunctionName, number>>;
  readonly fallback: Definition;
  /** Requests a second that the API's stage lets through. */
  readonly stageRate: number;
  /** Requests a second that single routes let through, by route. */
  readonly routeRates: Readonly<Record<string, number>>;
  /** How many of a function may run at once, where a number is reserved for it. */
  readonly reserved: Readonly<Partial<Record<FunctionName, number>>>;
  /** An access log line with values of the usual length. */
  readonly accessLogLine: string;
  readonly logMonths: number;
  readonly traced: boolean;
  /** Whether browsers reach the API through CloudFront. */
  readonly behindEdge: boolean;
  /** How many resources of each kind AWS bills by the month. */
  readonly count: Readonly<
    Record<
      "keys" | "secrets" | "alarms" | "alarmMetrics" | "dashboards" | "webAcls" | "webAclRules",
      number
    >
  >;
};

/** The resources of one or more templates, by logical id. */
export const Resources = z.record(
  z.string(),
  z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
);

const Function = z.object({
  Description: z.string().default(""),
  MemorySize: z.number().default(128),
  ReservedConcurrentExecutions: z.number().optional(),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});
const Stage = z.object({
  DefaultRouteSettings: z.object({ ThrottlingRateLimit: z.number() }),
  RouteSettings: z.record(z.string(), z.object({ ThrottlingRateLimit: z.number() })).default({}),
  AccessLogSettings: z.object({ Format: z.string() }),
});
const LogGroup = z.object({ RetentionInDays: z.number() });
/** An alarm watches one metric, or those that its expression is made of. */
const Alarm = z.object({
  Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).default([{ MetricStat: {} }]),
});
const Alias = z.object({ FunctionName: z.object({ Ref: z.string() }) });
const WebAcl = z.object({ Rules: z.array(z.unknown()) });
/** Reads what the costs depend on. */
export const deployedBy = (of: z.infer<typeof Resources>): Deployed => {
  const resources = Object.entries(of);
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
    fallback: fallbackOf(machine.of, (id) => {
      const alias = all("AWS::Lambda::Alias", Alias).find((one) => one.id === id);
      return functions.find((one) => one.id === (alias?.of.FunctionName.Ref ?? id))?.name;
    }),
    stageRate: stage.of.DefaultRouteSettings.ThrottlingRateLimit,
    routeRates: Object.fromEntries(
      Object.entries(stage.of.RouteSettings).map(([route, of]) => [route, of.ThrottlingRateLimit]),
    ),
    reserved: Object.fromEntries(
      functions.flatMap(({ name, of: { ReservedConcurrentExecutions: size } }) =>
        size === undefined ? [] : [[name, size]],
      ),
    ),
    accessLogLine: accessLogLine(stage.of.AccessLogSettings.Format),
    logMonths: Math.max(
      ...all("AWS::Logs::LogGroup", LogGroup).map(({ of }) => of.RetentionInDays / 30),
    ),
    traced: functions.some(({ of }) => of.TracingConfig?.Mode === "Active"),
    behindEdge: count("AWS::CloudFront::Distribution") > 0,
    count: {
      keys: count("AWS::KMS::Key"),
      secrets: count("AWS::SecretsManager::Secret"),
      alarms: count("AWS::CloudWatch::Alarm"),
      alarmMetrics: all("AWS::CloudWatch::Alarm", Alarm).reduce(
        (sum, { of }) => sum + of.Metrics.filter((one) => one.MetricStat !== undefined).length,
        0,
      ),
      dashboards: count("AWS::CloudWatch::Dashboard"),
      webAcls: count("AWS::WAFv2::WebACL"),
      webAclRules: all("AWS::WAFv2::WebACL", WebAcl).reduce(
        (sum, { of }) => sum + of.Rules.length,
        0,
      ),
    },
  };
};
