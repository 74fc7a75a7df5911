import { answerRecoveryCode } from "../../lib/challenge/answer-recovery-code.ts";
import { answerTotp } from "../../lib/challenge/answer-totp.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { challengeView } from "../../lib/challenge/challenge-view.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import * as contracts from "../../lib/contract/challenge.ts";
import type { SecretKey } from "../../lib/crypto/secret-key.ts";
import { recoveryCodeHash } from "../../lib/factors/recovery-codes.ts";
import { answer } from "../../lib/http/answer.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf, decide } from "../../lib/http/shell.ts";
import { answerOf } from "./answer-of.ts";
import { answerResponse, completeResponse } from "./responses.ts";

/** GET /v1/challenge */
export const readChallengeRoute = route(
  contracts.readChallenge,
  ({ shell, loaded, challenge, now }) =>
    Promise.resolve(answer(200, challengeView(loaded.value, challenge, contextOf(shell, now)))),
);

/** POST /v1/challenge/totp */
export const answerTotpRoute = (totpKey: () => Promise<SecretKey>) =>
  route(contracts.answerTotp, async (request) => {
    const { shell, loaded, body, now } = request;
    const given = { ...answerOf(request), code: body.code, totpKey: await totpKey() };
    const decided = await decide(
      shell,
      loaded.value.id,
      (account) => answerTotp(account, given, contextOf(shell, now)),
      loaded,
    );
    return answerResponse(request, decided, given.grant);
  });

/** POST /v1/challenge/recovery-code */
export const answerRecoveryCodeRoute = (recoveryKey: () => Promise<SecretKey>) =>
  route(contracts.answerRecoveryCode, async (request) => {
    const { shell, loaded, body, now } = request;
    const codeHash = recoveryCodeHash(await recoveryKey(), loaded.value.id, body.code);
    const given = { ...answerOf(request), codeHash };
    const decided = await decide(
      shell,
      loaded.value.id,
      (account) => answerRecoveryCode(account, given, contextOf(shell, now)),
      loaded,
    );
    return answerResponse(request, decided, given.grant);
  });

/** POST /v1/challenge/complete */
export const completeChallengeRoute = route(contracts.completeChallenge, async (request) => {
  const { shell, loaded, now } = request;
  const given = answerOf(request);
  const decided = await decide(
    shell,
    loaded.value.id,
    (account) => completeChallenge(account, given, contextOf(shell, now)),
    loaded,
  );
  return completeResponse(request, decided, given.grant);
});

/** DELETE /v1/challenge */
export const cancelChallengeRoute = route(
  contracts.cancelChallenge,
  async ({ shell, loaded, challenge, client, now }) => {
    await decide(
      shell,
      loaded.value.id,
      (account) => cancelChallenge(account, challenge.id, client, contextOf(shell, now)),
      loaded,
    );
    return answer(204, null);
  },
);
