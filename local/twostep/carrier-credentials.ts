import { randomBytes, randomInt } from "node:crypto";
import * as z from "zod/mini";
import { parseJson } from "../aws/data/parse-json.ts";
import type { Plan } from "../aws/plan/plan.ts";
import { secretNamedBy } from "../aws/secrets/secret-named-by.ts";
import type { Secret } from "../aws/secrets/secrets.ts";
import type { UcallerCredentials } from "../devices/carriers/answer-ucaller.ts";

const Credentials = z.object({ ucaller: z.object({ key: z.string(), serviceId: z.string() }) });

/** The ARN of the secret with the carriers' credentials, if there is one. This variable names it to functions. */
export function carrierSecretOf(plan: Pick<Plan, "functions">): string | undefined {
  return secretNamedBy("CARRIER_CREDENTIALS_SECRET_ID", plan);
}

/** Makes the credentials that the operator would put there, for the fake. */
export function generateCarrierCredentials(): string {
  return JSON.stringify({ ucaller: generateUcaller() } satisfies z.infer<typeof Credentials>);
}

/** The credentials that the fake accepts: those of the secret, or, if it has none, random ones that no caller knows. */
export function ucallerCredentials(
  plan: Pick<Plan, "functions">,
  secrets: readonly Secret[],
): UcallerCredentials {
  const secret = secrets.find(({ arn }) => arn === carrierSecretOf(plan));
  const parsed = Credentials.safeParse(parseJson(secret?.value ?? ""));
  return parsed.success ? parsed.data.ucaller : generateUcaller();
}

const generateUcaller = (): UcallerCredentials => ({
  key: randomBytes(16).toString("hex"),
  serviceId: String(randomInt(100_000, 1_000_000)),
});
