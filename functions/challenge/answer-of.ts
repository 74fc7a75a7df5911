import { newSessionId } from "../../lib/account/ids.ts";
import type { Answer } from "../../lib/challenge/answer-challenge.ts";
import type * as contracts from "../../lib/contract/challenge.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import type { Request } from "../../lib/http/route.ts";
import { nextToken } from "../../lib/http/repeatable.ts";
import { idBytes } from "../../lib/http/shell.ts";

export type Challenged = Omit<Request<typeof contracts.cancelChallenge>, "body">;

/** What tokens are made with that may have to be made again. */
export type TokenKeys = () => Promise<KeyRing>;

/** An answer, and the tokens that its browser and its host get should it be right. */
export type Given = Answer & { readonly secret: string; readonly grant: string };

/** What every answer to a challenge brings along, whatever it answers. */
export const answerOf = async (
  { shell, challenge, challengeSecret, client, repeatKey }: Challenged,
  tokenKeys: TokenKeys,
): Promise<Given> => {
  const next = (purpose: "session" | "grant") =>
    nextToken(shell, tokenKeys, { held: challengeSecret, purpose, repeatKey });
  const [secret, grant] = await Promise.all([next("session"), next("grant")]);
  return {
    challengeId: challenge.id,
    client,
    newSessionId: newSessionId(idBytes(shell)),
    repeatKeyHash: repeatKey?.hash ?? null,
    secret,
    grant,
    newGrantHash: hashToken(grant),
  };
};
