import { newSessionId } from "../../lib/account/ids.ts";
import type { Answer } from "../../lib/challenge/answer-challenge.ts";
import type * as contracts from "../../lib/contract/challenge.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import type { Problem } from "../../lib/http/problem.ts";
import type { Request } from "../../lib/http/route.ts";
import { nextToken } from "../../lib/http/repeatable.ts";
import { idBytes } from "../../lib/runtime/shell.ts";
import { askBeforeReplacing } from "./ask-before-replacing.ts";

export type Challenged = Omit<Request<typeof contracts.completeChallenge>, "body">;

type Completing = Challenged & { readonly body: { readonly replaceSession?: true | undefined } };

/** What tokens are made with that may have to be made again. */
export type TokenKeys = () => Promise<KeyRing>;

/** An answer, and the tokens that its browser and its host get should it be right. */
export type Given = Answer & { readonly secret: string; readonly grant: string };

/**
 * What every answer to a challenge brings along, whatever it answers. No decision completes a challenge without it, so
 * none replaces somebody else's session before the person was asked.
 */
export async function answerOf(
  request: Completing,
  tokenKeys: TokenKeys,
): Promise<Given | Problem<"session_of_another_account">> {
  const { shell, challenge, challengeSecret, client, repeatKey, body } = request;
  const next = (purpose: "session" | "grant") =>
    nextToken(shell, tokenKeys, { held: challengeSecret, purpose, repeatKey });
  const [secret, grant] = await Promise.all([next("session"), next("grant")]);
  const given = {
    challengeId: challenge.id,
    client,
    newSessionId: newSessionId(idBytes(shell)),
    repeatKeyHash: repeatKey?.hash ?? null,
    secret,
    grant,
    newGrantHash: hashToken(grant),
  };
  return (await askBeforeReplacing(request, body.replaceSession, given)) ?? given;
}
