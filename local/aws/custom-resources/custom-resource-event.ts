import { randomUUID } from "node:crypto";
import type {
  CloudFormationCustomResourceCreateEvent,
  CloudFormationCustomResourceUpdateEvent,
} from "aws-lambda";
import * as z from "zod/mini";
import type { CustomResourcePlan } from "../plan/plan.ts";
import { ACCOUNT_ID, REGION } from "../template/names.ts";

/** What the stack keeps about a custom resource from one start to the next. */
export const Deployed = z.object({
  physicalResourceId: z.string(),
  properties: z.looseObject({ ServiceToken: z.string() }),
});

export type Deployed = z.infer<typeof Deployed>;

export type CustomResourceEvent =
  CloudFormationCustomResourceCreateEvent | CloudFormationCustomResourceUpdateEvent;

const STACK_ID = `arn:aws:cloudformation:${REGION}:${ACCOUNT_ID}:stack/local/00000000-0000-4000-8000-000000000000`;

/** Makes CloudFormation's event: a create until the resource was deployed once, an update at each later start. */
export function customResourceEvent(
  plan: CustomResourcePlan,
  responseUrl: string,
  before: Deployed | undefined,
): CustomResourceEvent {
  const properties = asCloudFormationSends(plan.properties) as CustomResourcePlan["properties"];
  const common = {
    ServiceToken: properties.ServiceToken,
    ResponseURL: responseUrl,
    StackId: STACK_ID,
    RequestId: randomUUID(),
    LogicalResourceId: plan.id,
    ResourceType: plan.type,
    ResourceProperties: { ...properties },
  };
  if (!before) return { ...common, RequestType: "Create" };
  return {
    ...common,
    RequestType: "Update",
    PhysicalResourceId: before.physicalResourceId,
    OldResourceProperties: before.properties,
  };
}

/** CloudFormation sends numbers and booleans as text. */
function asCloudFormationSends(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asCloudFormationSends);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, asCloudFormationSends(part)]),
    );
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

/** The body of the PUT to the event's ResponseURL; CloudFormation user guide, "Custom resource response objects". */
export const CustomResourceResponse = z.object({
  Status: z.enum(["SUCCESS", "FAILED"]),
  Reason: z.optional(z.string()),
  PhysicalResourceId: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});

export type CustomResourceResponse = z.infer<typeof CustomResourceResponse>;
