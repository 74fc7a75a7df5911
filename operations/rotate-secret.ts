import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { longestAgeSeconds } from "../lib/runtime/refreshed.ts";
import { newLine, newLineBytes, rotateText, type RotationStep } from "../lib/crypto/rotate-text.ts";
import { secretLines } from "../lib/crypto/secret-lines.ts";

export type RotationDeps = {
  readonly client: SecretsManagerClient;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: (bytes: number) => Buffer;
};

export type Rotation =
  /** The secret is as the step makes it: this run changed it, or an earlier run did. */
  | { readonly kind: "changed" | "done"; readonly since: Date }
  | { readonly kind: "too_early"; readonly until: Date }
  | { readonly kind: "refused"; readonly why: string };

/**
 * How long until everybody acts on a new text: the longest time that functions keep an old one, and five minutes for
 * AWS and for clocks.
 */
export const learnedAfterSeconds = longestAgeSeconds + 300;

/**
 * How long until nothing is left of what the old key made and nobody can make again. Codes live as long as their
 * challenge.
 */
const outlivedAfterSeconds = learnedAfterSeconds + 900;

/** How long the text before the step must have been there. */
const restSeconds: Record<RotationStep, number> = {
  add: 0,
  use: learnedAfterSeconds,
  drop: outlivedAfterSeconds,
};

/**
 * Takes a secret one step further, unless the step before was too recent. It never tells what the secret is.
 *
 * @param mayDrop called with the key that stays, before the other one is dropped; it returns why that must not
 *   happen, or undefined.
 */
export async function rotateSecret(
  { client, now, random }: RotationDeps,
  { secretId, step }: { readonly secretId: string; readonly step: RotationStep },
  mayDrop: (keeps: string) => Promise<string | undefined> = () => Promise.resolve(undefined),
): Promise<Rotation> {
  const present = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const text = present.SecretString ?? "";
  const since = present.CreatedDate ?? new Date(now());
  const added = newLine(random(newLineBytes), new Date(now()));
  const rotated = rotateText(text, step, added);
  if (rotated.kind === "refused") return rotated;
  if (rotated.kind === "done") return { kind: "done", since };
  const until = since.getTime() + restSeconds[step] * 1000;
  if (until > now()) return { kind: "too_early", until: new Date(until) };
  const why = step === "drop" ? await mayDrop(secretLines(rotated.text)[0]) : undefined;
  if (why !== undefined) return { kind: "refused", why };
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: rotated.text }));
  return { kind: "changed", since: new Date(now()) };
}
