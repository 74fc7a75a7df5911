import { answerRecoveryCode } from "../../lib/recovery-codes/answer-recovery-code.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { completeChallenge } from "../../lib/challenge/complete-challenge.ts";
import * as contracts from "../../lib/contract/challenge.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { recoveryCodeHashes } from "../../lib/recovery-codes/recovery-codes.ts";
import { answer } from "../../lib/http/answer.ts";
import { readRoute, route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import { answerOf, type TokenKeys } from "./answer-of.ts";
import { decideOwn } from "./decide-own.ts";
import { answerResponse, completeResponse } from "./responses.ts";

/** GET /v1/challenge */
export const readChallengeRoute = readRoute(
  contracts.readChallenge,
  ({ services, loaded, challenge, now }) =>
    Promise.resolve(answer(200, challengeView(loaded.value, challenge, contextOf(services, now)))),
);

/** POST /v1/challenge/totp */
export const answerTotpRoute = (totpKeys: () => Promise<KeyRing>, tokenKeys: TokenKeys) =>
  route(contracts.answerTotp, async (request) => {
    const [common, keys] = await Promise.all([answerOf(request, tokenKeys), totpKeys()]);
    if ("problem" in common) return common;
    const given = { ...common, code: request.body.code, totpKeys: keys };
    const decided = await decideOwn(request, (account, context) =>
      answerTotp(account, given, context),
    );
    return answerResponse(request, decided, given);
  });

/** POST /v1/challenge/recovery-code */
export const answerRecoveryCodeRoute = (
  recoveryKeys: () => Promise<KeyRing>,
  tokenKeys: TokenKeys,
) =>
  route(contracts.answerRecoveryCode, async (request) => {
    const { loaded, body } = request;
    const [common, keys] = await Promise.all([answerOf(request, tokenKeys), recoveryKeys()]);
    if ("problem" in common) return common;
    const codeHashes = recoveryCodeHashes(keys, loaded.value.id, body.code);
    const given = { ...common, codeHashes };
    const decided = await decideOwn(request, (account, context) =>
      answerRecoveryCode(account, given, context),
    );
    return answerResponse(request, decided, given);
  });

/** POST /v1/challenge/complete */
export const completeChallengeRoute = (tokenKeys: TokenKeys) =>
  route(contracts.completeChallenge, async (request) => {
    const given = await answerOf(request, tokenKeys);
    if ("problem" in given) return given;
    const decided = await decideOwn(request, (account, context) =>
      completeChallenge(account, given, context),
    );
    return completeResponse(request, decided, given);
  });

/** DELETE /v1/challenge */
export const cancelChallengeRoute = route(contracts.cancelChallenge, async (request) => {
  const { challenge, client } = request;
  await decideOwn(request, (account, context) =>
    cancelChallenge(account, challenge.id, client, context),
  );
  return answer(204, null);
});
