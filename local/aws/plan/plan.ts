import { join } from "node:path";
import type * as z from "zod/mini";
import { checkRole, invoke, takeMessages } from "../access/check-role.ts";
import type { Grant } from "../access/policy.ts";
import { readRoles } from "../access/read-roles.ts";
import { parseRouteKey } from "../http/router.ts";
import type { RoutePattern } from "../http/router.ts";
import { readDefinition } from "../states-language/definition.ts";
import type { Definition } from "../states-language/definition.ts";
import { customTypes, resourcesOf } from "../template/read-resources.ts";
import { createResolver } from "../template/resolve.ts";
import type { Names } from "../template/resolve.ts";
import * as schema from "../template/resources.ts";
import type { Assembly } from "../template/template.ts";
import { replaced } from "./local-values.ts";
import type { LocalValues } from "./local-values.ts";
import { readPagesPlan } from "./pages-plan.ts";
import type { PagesPlan } from "./pages-plan.ts";

export type FunctionPlan = {
  name: string;
  arn: string;
  codeDirectory: string;
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** What its role allows; undefined if the template gives it no role. */
  mayDo: readonly Grant[] | undefined;
};

export type RoutePlan = RoutePattern & { functionName: string; iam: boolean };
export type TablePlan = z.infer<typeof schema.Table> & { name: string; arn: string };
export type SecretPlan = z.infer<typeof schema.Secret> & { name: string; arn: string };

export type QueuePlan = z.infer<typeof schema.Queue> & { name: string; arn: string };

/** A queue, and the function that gets its messages. */
export type EventSourcePlan = {
  queueArn: string;
  functionName: string;
  batchSize: number;
  reportsFailures: boolean;
};

/** A function that EventBridge invokes again and again. */
export type SchedulePlan = { id: string; functionName: string; everyMilliseconds: number };

/** The tasks of the definition name functions as the plan does. */
export type StateMachinePlan = { name: string; arn: string; definition: Definition };

export type CustomResourcePlan = {
  id: string;
  type: string;
  functionName: string;
  properties: Readonly<z.infer<typeof schema.CustomResource>>;
};

/** What the template asks for, with every reference replaced by its local value. */
export type Plan = {
  functions: FunctionPlan[];
  routes: RoutePlan[];
  cors: schema.Cors | undefined;
  tables: TablePlan[];
  secrets: SecretPlan[];
  queues: QueuePlan[];
  eventSources: EventSourcePlan[];
  stateMachines: StateMachinePlan[];
  /** The names of the event buses. */
  eventBuses: string[];
  schedules: SchedulePlan[];
  customResources: CustomResourcePlan[];
  /** The id of the HTTP API. */
  apiId: string;
  pages: PagesPlan | undefined;
};

/**
 * Reads a plan from a synthesized template, with the values of this machine in place of some of the template's.
 * Throws if the template asks a resource that the local stack knows for something that the local stack cannot do.
 */
export function readPlan(
  { template, directory }: Assembly,
  names: Names,
  local: LocalValues = {},
): Plan {
  const resolve = createResolver(template, names);
  const all = <Schema extends z.ZodMiniType>(type: string, properties: Schema) =>
    resourcesOf(template, type, properties, resolve);

  const grantsBy = readRoles(template, names, resolve);
  const everyFunction = all("AWS::Lambda::Function", schema.Function).map(
    ({ id, type, properties }) => ({
      name: names.ref(id, type),
      arn: names.attribute(id, type, "Arn"),
      codeDirectory: join(directory, `asset.${properties.Code.S3Key.replace(/\.zip$/, "")}`),
      handler: properties.Handler,
      environment: replaced(properties.Environment?.Variables ?? {}, local.variables),
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      mayDo: grantsBy(properties.Role),
    }),
  );
  const pages = readPagesPlan(
    template,
    resolve,
    (functionArn) => everyFunction.find(({ arn }) => arn === functionArn)?.codeDirectory ?? "",
  );
  const functions = everyFunction.filter(({ arn }) => arn !== pages?.deployedBy);

  const aliases = all("AWS::Lambda::Alias", schema.Alias).map(({ properties }) => properties);
  const namesOf = ({ name, arn }: Pick<FunctionPlan, "name" | "arn">): string[] => {
    const own = aliases.filter(({ FunctionName: of }) => of === name || of === arn);
    return [name, arn, ...own.flatMap((one) => [`${name}:${one.Name}`, `${arn}:${one.Name}`])];
  };
  const functionNamed = (id: string, nameOrArn: string): FunctionPlan => {
    const target = functions.find((one) => namesOf(one).includes(nameOrArn));
    if (!target) throw new Error(`${id} names no function of the template: ${nameOrArn}`);
    return target;
  };

  const integrations = new Map(
    all("AWS::ApiGatewayV2::Integration", schema.Integration).map(({ id, properties }) => {
      const target = functions.find((one) =>
        namesOf(one).some((name) => pointsAt(properties.IntegrationUri, name)),
      );
      if (!target)
        throw new Error(
          `${id} points at no function of the template: ${properties.IntegrationUri}`,
        );
      return [`integrations/${id}`, target.name] satisfies [string, string];
    }),
  );

  const routes = all("AWS::ApiGatewayV2::Route", schema.Route).map(({ id, properties }) => {
    const functionName = integrations.get(properties.Target);
    if (functionName === undefined)
      throw new Error(`${id} has an unknown target: ${properties.Target}`);
    return {
      ...parseRouteKey(properties.RouteKey),
      functionName,
      iam: properties.AuthorizationType === "AWS_IAM",
    };
  });

  all("AWS::ApiGatewayV2::Stage", schema.Stage);
  const apis = all("AWS::ApiGatewayV2::Api", schema.Api);
  if (apis.length !== 1)
    throw new Error(`The template must have one HTTP API; it has ${apis.length}.`);

  return {
    pages,
    functions,
    apiId: apis[0]?.id ?? "",
    routes,
    cors: withOrigins(apis[0]?.properties.CorsConfiguration, local.origins),
    tables: all("AWS::DynamoDB::GlobalTable", schema.Table).map(({ id, type, properties }) => ({
      ...properties,
      name: names.ref(id, type),
      arn: names.attribute(id, type, "Arn"),
    })),
    secrets: all("AWS::SecretsManager::Secret", schema.Secret).map(({ id, type, properties }) => {
      const arn = names.ref(id, type);
      return { ...properties, arn, name: arn.slice(arn.indexOf(":secret:") + 8, -7) };
    }),
    queues: all("AWS::SQS::Queue", schema.Queue).map(({ id, type, properties }) => ({
      ...properties,
      name: names.attribute(id, type, "QueueName"),
      arn: names.attribute(id, type, "Arn"),
    })),
    eventSources: all("AWS::Lambda::EventSourceMapping", schema.EventSourceMapping).map(
      ({ id, properties }) => {
        const { name, mayDo } = functionNamed(id, properties.FunctionName);
        checkRole(name, mayDo, takeMessages(properties.EventSourceArn));
        return {
          queueArn: properties.EventSourceArn,
          functionName: name,
          batchSize: properties.BatchSize,
          reportsFailures: properties.FunctionResponseTypes.length > 0,
        };
      },
    ),
    stateMachines: all("AWS::StepFunctions::StateMachine", schema.StateMachine).map(
      ({ id, type, properties }) => {
        const name = names.attribute(id, type, "Name");
        const mayDo = grantsBy(properties.RoleArn);
        const definition = readDefinition(properties.DefinitionString, (nameOrArn) => {
          const target = functionNamed(id, nameOrArn);
          // A role that may invoke an alias may not invoke the function by another name.
          checkRole(name, mayDo, [invoke(nameOrArn === target.name ? target.arn : nameOrArn)]);
          return target.name;
        });
        return { name, arn: names.ref(id, type), definition };
      },
    ),
    eventBuses: all("AWS::Events::EventBus", schema.EventBus).map(({ id, type }) =>
      names.ref(id, type),
    ),
    schedules: all("AWS::Events::Rule", schema.ScheduleRule).flatMap(({ id, properties }) =>
      properties.Targets.map(({ Arn }) => ({
        id,
        functionName: functionNamed(id, Arn).name,
        everyMilliseconds: properties.ScheduleExpression * 60_000,
      })),
    ),
    customResources: customTypes(template).flatMap((customType) =>
      all(customType, schema.CustomResource).map(({ id, type, properties }) => ({
        id,
        type,
        functionName: functionNamed(id, properties.ServiceToken).name,
        properties: replaced(properties, local.properties),
      })),
    ),
  };
}

const withOrigins = (
  cors: schema.Cors | undefined,
  origins: readonly string[] | undefined,
): schema.Cors | undefined =>
  cors && { ...cors, AllowOrigins: [...(origins ?? cors.AllowOrigins)] };

/** CDK gives the function's ARN itself, or API Gateway's path to its invocations. */
function pointsAt(uri: string, arn: string): boolean {
  return uri === arn || uri.endsWith(`/functions/${arn}/invocations`);
}
