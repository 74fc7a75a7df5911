import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { faultFields, type Log } from "../log/log.ts";
import { one } from "../log/measure.ts";
import { refreshed, type Refreshed } from "./refreshed.ts";

export type SecretServices = {
  /** Milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, "error" | "measure">;
};

/**
 * What a secret of Secrets Manager says, as `read` makes it of its text: asked for at once, kept, and asked for again
 * while it is in use, see `Refreshed`. One that could not be had at all is asked for again at the next use: until then,
 * whatever needs it fails. A new text that `read` throws on counts as not had: a slip of the hand stops nobody.
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
    // The same text is the same value: what was made of it, a connection perhaps, is made once.
    if (last?.text !== text) last = { text, value: read(text) };
    return last.value;
  };
  const secret = refreshed(fetch, {
    now,
    onFailure: (fault) => {
      log.error("secret_not_refreshed", { secret: secretId, ...faultFields(fault) });
      log.measure(one("SecretNotRefreshed", {}));
    },
  });
  void secret.get().catch(() => undefined);
  return secret;
};

/** The text itself. */
export const asText = (text: string): string => text;
