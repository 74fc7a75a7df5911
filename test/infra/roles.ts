import * as z from "zod";
import { named } from "./synthesize.ts";

const asList = <Item extends z.ZodType>(item: Item) =>
  z.union([item.transform((one) => [one]), z.array(item)]);

export const Role = z.strictObject({
  AssumeRolePolicyDocument: z.unknown(),
  Description: z.string(),
  Policies: z.array(
    z.object({
      PolicyDocument: z.object({
        Statement: z.array(
          z
            .strictObject({
              Action: asList(z.string()),
              Resource: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]),
              Effect: z.literal("Allow"),
              Condition: z.unknown(),
            })
            .partial({ Condition: true }),
        ),
      }),
    }),
  ),
});
export type Role = z.infer<typeof Role>;

/** `action resource` for everything that a role allows, sorted; a condition is part of the line. */
export function allowedBy(role: Role): string[] {
  return role.Policies.flatMap((policy) => policy.PolicyDocument.Statement)
    .flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((resource) =>
          [action, named(resource), ...(Condition ? [JSON.stringify(Condition)] : [])].join(" "),
        ),
      ),
    )
    .sort();
}
