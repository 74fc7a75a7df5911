import * as z from "zod/mini";
import type { Resolve } from "./resolve.ts";
import type { Template } from "./template.ts";

/** Resolves only the properties that the schema names, unless it takes all: values that are not read may be unknown. */
export function resourcesOf<Schema extends z.ZodMiniType>(
  template: Template,
  type: string,
  properties: Schema,
  resolve: Resolve,
): { id: string; type: string; properties: z.infer<Schema> }[] {
  const isWanted = (key: string): boolean =>
    properties instanceof z.ZodMiniObject &&
    (key in properties.shape || properties.def.catchall !== undefined);
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => {
      const given = Object.entries(resource.Properties ?? {}).filter(([key]) => isWanted(key));
      const parsed = z.safeParse(properties, resolve(Object.fromEntries(given)));
      if (!parsed.success) throw new Error(`${id} (${type}): ${z.prettifyError(parsed.error)}`);
      return { id, type, properties: parsed.data };
    });
}

/**
 * The function of this custom resource fills a bucket with the files that it carries. Here the files are served from
 * where they are.
 */
export const PAGES_DEPLOYMENT = "Custom::Pages";

/** The types of the template's custom resources, except the one that the local stack plays itself. */
export function customTypes(template: Template): string[] {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  return [...new Set(types)].filter(
    (type) =>
      type !== PAGES_DEPLOYMENT &&
      (type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource"),
  );
}
