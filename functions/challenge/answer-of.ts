import { newSessionId } from "../../lib/account/ids.ts";
import type { Answer } from "../../lib/challenge/answer.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import type { Problem } from "../../lib/http/problem.ts";
import { nextToken } from "../../lib/http/repeatable.ts";
import type { Challenged } from "./challenged.ts";
import { askBeforeReplacing } from "./ask-before-replacing.ts";

type Completing = Challenged & { readonly body: { readonly replaceSession?: true | undefined } };

/** The keys of tokens that may have to be made again. */
export type TokenKeys = () => Promise<KeyRing>;

/** An answer, and the tokens that its browser and its host get if it is right. */
export type Given = Answer & { readonly secret: string; readonly grant: string };

/**
 * What every answer to a challenge carries, whatever the method. No decision completes a challenge without it, so none
 * replaces the session of another account before the person was asked.
 */
export async function answerOf(
  request: Completing,
  tokenKeys: TokenKeys,
): Promise<Given | Problem<"session_of_another_account">> {
  const { services, challenge, challengeSecret, client, repeatKey, body } = request;
  const next = (purpose: "session" | "grant") =>
    nextToken(services, tokenKeys, { held: challengeSecret, purpose, repeatKey });
  const [secret, grant] = await Promise.all([next("session"), next("grant")]);
  const given = {
    challengeId: challenge.id,
    client,
    newSessionId: newSessionId(services),
    repeatKeyHash: repeatKey?.hash ?? null,
    secret,
    grant,
    newGrantHash: hashToken(grant),
  };
  return (await askBeforeReplacing(request, body.replaceSession, given)) ?? given;
}
