import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Contract } from "../contract/contract.ts";
import { keyedHash } from "../crypto/secret-key.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { hashToken } from "../crypto/token.ts";
import type { Services } from "../account/services.ts";
import { newSecret } from "../crypto/random.ts";

/** What a request says of itself so that it can be sent again when its answer was lost. */
export type RepeatKey = {
  /** As the client made it. */
  readonly key: string;
  readonly hash: string;
  /** Hash of what is asked by whom with this key; see `OnceDone.by`. */
  readonly once: string;
};

/** The `Idempotency-Key` of a request; undefined where it has none. */
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
 * The next token of a browser. With an Idempotency-Key it is made of that key and of the token that the browser holds, so
 * the same request again gets the same token, and its writes are the same in whichever order they land.
 *
 * Attacks considered: whoever sees only the key (a script of the page) or only the old token (a copy of it) cannot make
 * the next one, and with both still needs the service's key; tokens of different purposes never are the same.
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
