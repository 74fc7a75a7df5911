import * as z from "zod/mini";

/** The parts of a CloudFormation template that the local stack reads. It ignores all other parts. */
export const Template = z.object({
  Parameters: z.optional(
    z.record(z.string(), z.object({ Type: z.string(), Default: z.optional(z.unknown()) })),
  ),
  Conditions: z.optional(z.record(z.string(), z.unknown())),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.optional(z.record(z.string(), z.unknown())) }),
  ),
});

export type Template = z.infer<typeof Template>;

/** A synthesized template and the folder that its assets lie in. */
export type Assembly = { template: Template; directory: string };
