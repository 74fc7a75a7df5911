import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretKey, type KeyPurpose, type SecretKey } from "./secret-key.ts";

/**
 * A key from Secrets Manager, asked for at once and kept. One that could not be had is asked for again at the next
 * use: until then, whatever needs it fails.
 */
export const secretsManagerKey = (
  client: SecretsManagerClient,
  secretId: string,
  purpose: KeyPurpose,
): (() => Promise<SecretKey>) => {
  const fetchKey = async () => {
    const { SecretString: value } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId }),
    );
    return secretKey(value ?? "", purpose);
  };
  let key: Promise<SecretKey> | undefined;
  const get = () => {
    key ??= fetchKey();
    key.catch(() => (key = undefined));
    return key;
  };
  void get().catch(() => undefined);
  return get;
};
