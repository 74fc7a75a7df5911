import { newSessionId } from "../../lib/account/ids.ts";
import type { Answer } from "../../lib/challenge/answer-challenge.ts";
import type * as contracts from "../../lib/contract/challenge.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import type { Problem } from "../../lib/http/problem.ts";
import type { Request } from "../../lib/http/route.ts";
import { idBytes, newSecret } from "../../lib/http/shell.ts";
import { askBeforeReplacing } from "./ask-before-replacing.ts";

export type Challenged = Omit<Request<typeof contracts.cancelChallenge>, "body">;

type Completing = Challenged & { readonly body: { readonly replaceSession?: true | undefined } };

/**
 * What every answer to a challenge brings along, whatever it answers. No decision completes a challenge without it, so
 * none replaces somebody else's session before the person was asked.
 */
export async function answerOf(
  request: Completing,
): Promise<(Answer & { readonly grant: string }) | Problem<"session_of_another_account">> {
  const { shell, challenge, client, header, body } = request;
  const grant = newSecret(shell);
  const repeatKey = header("idempotency-key");
  const given = {
    challengeId: challenge.id,
    client,
    newSessionId: newSessionId(idBytes(shell)),
    repeatKeyHash: repeatKey ? hashToken(repeatKey) : null,
    grant,
    newGrantHash: hashToken(grant),
  };
  return (await askBeforeReplacing(request, body.replaceSession, given)) ?? given;
}
