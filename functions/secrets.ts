import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { KeyRing } from "../lib/crypto/key-ring.ts";
import type { KeyPurpose } from "../lib/crypto/secret-key.ts";
import { clientSettings } from "../lib/runtime/client-settings.ts";
import type { Refreshed } from "../lib/runtime/refreshed.ts";
import { secretsManagerKeys } from "../lib/runtime/secrets-manager-keys.ts";
import { secretsManagerSecret } from "../lib/runtime/secrets-manager-secret.ts";
import { setting } from "../lib/settings/environment.ts";
import type { Part } from "./create-services.ts";

let made: SecretsManagerClient | undefined;
const client = (): SecretsManagerClient => (made ??= new SecretsManagerClient(clientSettings));

/** The secret whose id is in `variable`, as `read` makes it from the text; see `secretsManagerSecret`. */
export const secret =
  <T>(variable: string, read: (text: string) => T): Part<Refreshed<T>> =>
  (services) =>
    secretsManagerSecret(client(), setting(process.env, variable), read, services);

const variables: Readonly<Record<KeyPurpose, string>> = {
  totp: "TOTP_KEY_SECRET_ID",
  "recovery-codes": "RECOVERY_KEY_SECRET_ID",
  codes: "CODES_KEY_SECRET_ID",
  lookup: "LOOKUP_KEY_SECRET_ID",
};

/** The keys of a purpose. */
export const keys =
  (purpose: KeyPurpose): Part<() => Promise<KeyRing>> =>
  (services) =>
    secretsManagerKeys(client(), setting(process.env, variables[purpose]), purpose, services);
