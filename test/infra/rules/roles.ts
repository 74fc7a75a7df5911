import * as z from "zod";
import { readable } from "../readable.ts";
import { named } from "../synthesize.ts";

const asList = <Item extends z.ZodType>(item: Item) =>
  z.union([item.transform((one) => [one]), z.array(item)]);

const resources = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]);

// Strict all through: whatever else a role could have, managed policies or a denial, would be an exception to read past.
export const Role = z.strictObject({
  AssumeRolePolicyDocument: z.unknown(),
  Description: z.string(),
  Policies: z.tuple([
    z.strictObject({
      PolicyName: z.string(),
      PolicyDocument: z.strictObject({
        Version: z.literal("2012-10-17"),
        Statement: z.array(
          z
            .strictObject({
              Action: asList(z.string()),
              Resource: resources,
              NotResource: resources,
              Effect: z.literal("Allow"),
              Condition: z.unknown(),
            })
            .partial({ Resource: true, NotResource: true, Condition: true }),
        ),
      }),
    }),
  ]),
});
export type Role = z.infer<typeof Role>;

/** `action resource` for everything that a role allows, sorted; `not` before a resource and a condition are part of the line. */
export function allowedBy(role: Role): string[] {
  return role.Policies.flatMap((policy) => policy.PolicyDocument.Statement)
    .flatMap(({ Action, Resource = [], NotResource = [], Condition }) => {
      const where = [...Resource.map(named), ...NotResource.map((one) => `not ${named(one)}`)];
      const when = Condition ? [JSON.stringify(readable(Condition))] : [];
      return Action.flatMap((action) => where.map((one) => [action, one, ...when].join(" ")));
    })
    .sort();
}
