import { newSessionId } from "../../lib/account/ids.ts";
import type { Answer } from "../../lib/challenge/answer-challenge.ts";
import type * as contracts from "../../lib/contract/challenge.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import type { Request } from "../../lib/http/route.ts";
import { idBytes, newSecret } from "../../lib/http/shell.ts";

export type Challenged = Omit<Request<typeof contracts.cancelChallenge>, "body">;

/** What every answer to a challenge brings along, whatever it answers. */
export const answerOf = ({
  shell,
  challenge,
  client,
  header,
}: Challenged): Answer & { readonly grant: string } => {
  const grant = newSecret(shell);
  const repeatKey = header("idempotency-key");
  return {
    challengeId: challenge.id,
    client,
    newSessionId: newSessionId(idBytes(shell)),
    repeatKeyHash: repeatKey ? hashToken(repeatKey) : null,
    grant,
    newGrantHash: hashToken(grant),
  };
};
