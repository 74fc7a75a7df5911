import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/**
 * A secret's text from Secrets Manager, asked for at once and kept. One that could not be had is asked for again at the
 * next use: until then, whatever needs it fails.
 */
export const secretsManagerText = (
  client: SecretsManagerClient,
  secretId: string,
): (() => Promise<string>) => {
  const fetchText = async () => {
    const { SecretString: value } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId }),
    );
    if (!value) throw new Error("A secret without a text.");
    return value;
  };
  let text: Promise<string> | undefined;
  const get = () => {
    text ??= fetchText();
    text.catch(() => (text = undefined));
    return text;
  };
  void get().catch(() => undefined);
  return get;
};
