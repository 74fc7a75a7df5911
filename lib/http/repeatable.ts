import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Contract } from "../contract/contract.ts";
import { keyedHash } from "../crypto/secret-key.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { hashToken } from "../crypto/token.ts";
import type { Services } from "../account/services.ts";
import { newSecret } from "../crypto/random.ts";

/** Identifies a request, so that it can be sent again when its answer was lost. */
export type RepeatKey = {
  /** The key as the client made it. */
  readonly key: string;
  readonly hash: string;
  /** Hash of the operation, the caller, the path parameters and the key; see `OnceDone.by`. */
  readonly once: string;
};

/** Reads the `Idempotency-Key` of a request; undefined where it has none. */
export const repeatKeyOf = (
  event: APIGatewayProxyEventV2,
  { operation }: Pick<Contract, "operation">,
  asker: string,
): RepeatKey | undefined => {
  const key = event.headers["idempotency-key"];
  if (!key) return undefined;
  const asked = [operation, asker, Object.entries(event.pathParameters ?? {}), key];
  return { key, hash: hashToken(key), once: hashToken(JSON.stringify(asked)).slice(0, 22) };
};

/**
 * Makes the next token of a browser. With an Idempotency-Key the token is derived from that key and from the token that
 * the browser holds. So the same request, sent again, gets the same token, and its writes are the same in whichever
 * order they land.
 *
 * Attacks considered: an attacker who sees only the key (a script of the page) or only the old token (a copy of it)
 * cannot make the next token. An attacker who sees both still needs the service's key. Tokens of different purposes are
 * never the same.
 */
export const nextToken = async (
  services: Services,
  keys: () => Promise<KeyRing>,
  {
    held,
    purpose,
    repeatKey,
  }: {
    readonly held: string;
    readonly purpose: "challenge" | "session" | "grant";
    readonly repeatKey: RepeatKey | undefined;
  },
): Promise<string> => {
  if (!repeatKey) return newSecret(services);
  const [makes] = await keys();
  return keyedHash(makes, "token", purpose, held, repeatKey.key);
};
