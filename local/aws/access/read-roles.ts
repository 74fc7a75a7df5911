import * as z from "zod/mini";
import { resourcesOf } from "../template/read-resources.ts";
import type { Names, Resolve } from "../template/resolve.ts";
import { Role, Texts } from "../template/resources.ts";
import type { Template } from "../template/template.ts";
import type { Grant } from "./policy.ts";

const ROLE = "AWS::IAM::Role";

/** Finds what the role with an ARN allows; undefined if the template makes no such role. It reads no other role. */
export const readRoles =
  (template: Template, names: Names, resolve: Resolve) =>
  (arn: string | undefined): readonly Grant[] | undefined => {
    const [id, role] =
      Object.entries(template.Resources).find(
        ([each, { Type }]) => Type === ROLE && names.attribute(each, ROLE, "Arn") === arn,
      ) ?? [];
    if (id === undefined || !role) return undefined;
    const [read] = resourcesOf({ Resources: { [id]: role } }, ROLE, Role, resolve);
    return read && grantsOf(read.properties);
  };

/** The condition that confines a statement to items of a table. The services here can judge no other condition. */
const KeyCondition = z.strictObject({
  "ForAllValues:StringLike": z.strictObject({ "dynamodb:LeadingKeys": Texts }),
});

/**
 * What the inline policies of a role allow. A statement with another condition is left out: no service here gives the
 * values that the condition compares, and what cannot be judged is not allowed.
 */
const grantsOf = ({ Policies }: z.infer<typeof Role>): readonly Grant[] =>
  Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap(
    ({ Action, Resource, NotResource, Condition }) => {
      const keyed = z.safeParse(z.optional(KeyCondition), Condition);
      if (!keyed.success) return [];
      return [
        {
          actions: Action,
          resources: Resource ?? NotResource ?? [],
          except: Resource === undefined,
          keys: keyed.data?.["ForAllValues:StringLike"]["dynamodb:LeadingKeys"],
        },
      ];
    },
  );
