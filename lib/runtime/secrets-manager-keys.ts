import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { keyRing, type KeyRing } from "../crypto/key-ring.ts";
import type { KeyPurpose } from "../crypto/secret-key.ts";
import { secretsManagerSecret, type SecretServices } from "./secrets-manager-secret.ts";

/** The keys in the text of a secret, see `secretsManagerSecret`. */
export const secretsManagerKeys = (
  client: SecretsManagerClient,
  secretId: string,
  purpose: KeyPurpose,
  services: SecretServices,
): (() => Promise<KeyRing>) =>
  secretsManagerSecret(client, secretId, (text) => keyRing(text, purpose), services).get;
