import * as z from "zod/mini";
import { SECRETS } from "../data/data-directory.ts";
import type { DataDirectory } from "../data/data-directory.ts";
import type { SecretPlan } from "../plan/plan.ts";
import { generateSecret } from "./generate.ts";

const Stored = z.record(
  z.string(),
  z.object({ value: z.string(), versionId: z.uuid(), createdAt: z.number() }),
);

export type Secret = z.infer<typeof Stored>[string] & { name: string; arn: string };

export type SecretsOptions = {
  data: DataDirectory;
  plans: readonly SecretPlan[];
  now: number;
  /** By ARN, makes the value that an operator would put in place of the template's. */
  operated?: Readonly<Record<string, () => string>>;
};

/** Opens the template's secrets. The first start generates their values, and later starts keep them. */
export async function openSecrets({
  data,
  plans,
  now,
  operated = {},
}: SecretsOptions): Promise<Secret[]> {
  const stored = (await data.read(SECRETS, Stored)) ?? {};
  // An operator's secret counts as missing while it still holds the template's value.
  const missing = plans.filter(
    ({ name, arn, SecretString }) =>
      !Object.hasOwn(stored, name) ||
      (Object.hasOwn(operated, arn) && stored[name]?.value === SecretString),
  );
  for (const plan of missing)
    stored[plan.name] = {
      value: operated[plan.arn]?.() ?? plan.SecretString ?? generateSecret(ruleOf(plan)),
      versionId: crypto.randomUUID(),
      createdAt: Math.floor(now / 1000),
    };
  if (missing.length > 0) await data.write(SECRETS, stored);
  return plans.flatMap(({ name, arn }) => {
    const secret = stored[name];
    return secret ? [{ ...secret, name, arn }] : [];
  });
}

/** Gives a secret another value. Functions see it when they ask again, and the next start finds it. */
export async function putSecret(
  { data, now }: { data: DataDirectory; now: () => number },
  secret: Secret,
  value: string,
  versionId: string,
): Promise<void> {
  const version = { value, versionId, createdAt: Math.floor(now() / 1000) };
  const stored = (await data.read(SECRETS, Stored)) ?? {};
  await data.write(SECRETS, { ...stored, [secret.name]: version });
  Object.assign(secret, version);
}

function ruleOf(plan: SecretPlan): NonNullable<SecretPlan["GenerateSecretString"]> {
  if (!plan.GenerateSecretString)
    throw new Error(`The template gives the secret ${plan.name} no value.`);
  return plan.GenerateSecretString;
}
