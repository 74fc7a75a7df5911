import * as z from "zod/mini";
import type { DataDirectory } from "../data/data-directory.ts";
import type { SecretPlan } from "../template/plan.ts";
import { generateSecret } from "./generate.ts";

const Stored = z.record(
  z.string(),
  z.object({ value: z.string(), versionId: z.uuid(), createdAt: z.number() }),
);

export type Secret = z.infer<typeof Stored>[string] & { name: string; arn: string };

/** The template's secrets: generated the first time that they are asked for, the same ever after. */
export async function openSecrets(
  data: DataDirectory,
  plans: readonly SecretPlan[],
  now: number,
): Promise<Secret[]> {
  const stored = Stored.parse((await data.read("secrets.json")) ?? {});
  const missing = plans.filter(({ name }) => !Object.hasOwn(stored, name));
  for (const plan of missing)
    stored[plan.name] = {
      value: plan.SecretString ?? generateSecret(ruleOf(plan)),
      versionId: crypto.randomUUID(),
      createdAt: Math.floor(now / 1000),
    };
  if (missing.length > 0) await data.write("secrets.json", stored);
  return plans.flatMap(({ name, arn }) => {
    const secret = stored[name];
    return secret ? [{ ...secret, name, arn }] : [];
  });
}

function ruleOf(plan: SecretPlan): NonNullable<SecretPlan["GenerateSecretString"]> {
  if (!plan.GenerateSecretString)
    throw new Error(`The template gives the secret ${plan.name} no value.`);
  return plan.GenerateSecretString;
}
