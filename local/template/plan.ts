import { join } from "node:path";
import * as z from "zod/mini";
import { parseRouteKey } from "../gateway/router.ts";
import type { RoutePattern } from "../gateway/router.ts";
import { createResolver } from "./resolve.ts";
import type { Names, Resolve } from "./resolve.ts";
import * as schema from "./resources.ts";
import type { Assembly, Template } from "./template.ts";

export type FunctionPlan = {
  name: string;
  arn: string;
  codeDirectory: string;
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
};

export type RoutePlan = RoutePattern & { functionName: string; iam: boolean };
export type TablePlan = z.infer<typeof schema.Table> & { name: string };
export type SecretPlan = z.infer<typeof schema.Secret> & { name: string; arn: string };

/** What the template asks for, with every reference replaced by its local value. */
export type Plan = {
  functions: FunctionPlan[];
  routes: RoutePlan[];
  cors: schema.Cors | undefined;
  tables: TablePlan[];
  secrets: SecretPlan[];
};

/**
 * Reads a plan from a synthesized template.
 * Throws where the template asks for something of a known resource that the local stack does not do.
 */
export function readPlan({ template, directory }: Assembly, names: Names): Plan {
  const resolve = createResolver(template, names);
  const all = <Schema extends z.ZodMiniType>(type: string, properties: Schema) =>
    resourcesOf(template, type, properties, resolve);

  const functions = all("AWS::Lambda::Function", schema.Function).map(
    ({ id, type, properties }) => ({
      name: names.ref(id, type),
      arn: names.attribute(id, type, "Arn"),
      codeDirectory: join(directory, `asset.${properties.Code.S3Key.replace(/\.zip$/, "")}`),
      handler: properties.Handler,
      environment: properties.Environment?.Variables ?? {},
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
    }),
  );

  const integrations = new Map(
    all("AWS::ApiGatewayV2::Integration", schema.Integration).map(({ id, properties }) => {
      const target = functions.find(({ arn }) => pointsAt(properties.IntegrationUri, arn));
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
    functions,
    routes,
    cors: apis[0]?.properties.CorsConfiguration,
    tables: all("AWS::DynamoDB::GlobalTable", schema.Table).map(({ id, type, properties }) => ({
      ...properties,
      name: names.ref(id, type),
    })),
    secrets: all("AWS::SecretsManager::Secret", schema.Secret).map(({ id, type, properties }) => {
      const arn = names.ref(id, type);
      return { ...properties, arn, name: arn.slice(arn.indexOf(":secret:") + 8, -7) };
    }),
  };
}

/** CDK gives the function's ARN itself, or API Gateway's path to its invocations. */
function pointsAt(uri: string, arn: string): boolean {
  return uri === arn || uri.endsWith(`/functions/${arn}/invocations`);
}

/** Resolves only the properties that the schema names: what is not read need not be known. */
function resourcesOf<Schema extends z.ZodMiniType>(
  template: Template,
  type: string,
  properties: Schema,
  resolve: Resolve,
): { id: string; type: string; properties: z.infer<Schema> }[] {
  const wanted = properties instanceof z.ZodMiniObject ? Object.keys(properties.shape) : [];
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => {
      const given = Object.entries(resource.Properties ?? {}).filter(([key]) =>
        wanted.includes(key),
      );
      const parsed = z.safeParse(properties, resolve(Object.fromEntries(given)));
      if (!parsed.success) throw new Error(`${id} (${type}): ${z.prettifyError(parsed.error)}`);
      return { id, type, properties: parsed.data };
    });
}
