import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { faultFields, type Log } from "../log/log.ts";
import { failure } from "../log/measure.ts";
import { refreshed, type Refreshed } from "./refreshed.ts";

export type SecretServices = {
  /** Milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, "error" | "measure">;
};

/**
 * Reads a secret from Secrets Manager and makes a value of its text with `read`. It fetches the secret at once, keeps
 * it, and fetches it again while it is in use, see `Refreshed`. If no fetch has succeeded yet, the next use fetches
 * again, and until then every use fails. If `read` throws on a new text, that fetch counts as failed, so a typing error
 * in the secret does not stop running functions.
 */
export const secretsManagerSecret = <T>(
  client: SecretsManagerClient,
  secretId: string,
  read: (text: string) => T,
  { now, log }: SecretServices,
): Refreshed<T> => {
  let last: { readonly text: string; readonly value: T } | undefined;
  const fetch = async () => {
    const { SecretString: text } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId }),
    );
    if (!text) throw new Error("A secret without a text.");
    // The same text gives the same value, so what `read` makes of it (a connection perhaps) is made once.
    if (last?.text !== text) last = { text, value: read(text) };
    log.measure(failure("SecretNotRefreshed", false, {}));
    return last.value;
  };
  const secret = refreshed(fetch, {
    now,
    onFailure: (fault) => {
      log.error("secret_not_refreshed", { secret: secretId, ...faultFields(fault) });
      log.measure(failure("SecretNotRefreshed", true, {}));
    },
  });
  void secret.get().catch(() => undefined);
  return secret;
};

/** Returns the text itself. */
export const asText = (text: string): string => text;
