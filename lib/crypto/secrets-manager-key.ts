import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretKey, type KeyPurpose, type SecretKey } from "./secret-key.ts";
import { secretsManagerText } from "./secrets-manager-text.ts";

/** A key made of a secret's text, see `secretsManagerText`. */
export const secretsManagerKey = (
  client: SecretsManagerClient,
  secretId: string,
  purpose: KeyPurpose,
): (() => Promise<SecretKey>) => {
  const text = secretsManagerText(client, secretId);
  let key: SecretKey | undefined;
  return async () => (key ??= secretKey(await text(), purpose));
};
