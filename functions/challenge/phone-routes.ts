import { parsePhoneId } from "../../lib/account/ids.ts";
import { answerPhoneCode, resolveCheckedCode } from "../../lib/phone/answer-phone-code.ts";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { requestCall } from "../../lib/phone/request-call.ts";
import * as contracts from "../../lib/contract/challenge.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { CheckCode } from "../../lib/phone/carriers/check-code.ts";
import { answer } from "../../lib/http/answer.ts";
import { asSaved } from "../../lib/http/opened-challenge.ts";
import { problem } from "../../lib/http/problem.ts";
import { retryAt } from "../../lib/http/retry-after.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import { decideOwn } from "./decide-own.ts";
import { answerOf } from "./answer-of.ts";
import { answerResponse } from "./responses.ts";

/** POST /v1/challenge/call */
export const requestCallRoute = route(contracts.requestCall, async (request) => {
  const { services, challenge, body, client, now } = request;
  const phoneId = parsePhoneId(body.numberId);
  if (!phoneId) return problem("not_found");
  const context = contextOf(services, now);
  const input = { challengeId: challenge.id, phoneId, ip: client.ip };
  const decided = await decideOwn(request, (account) => requestCall(account, input, context));
  if (!decided) return problem("no_challenge");
  const { outcome, account } = decided;
  switch (outcome.kind) {
    case "requested":
      return answer(202, challengeView(account, asSaved(account, challenge), context));
    case "too_early":
      return retryAt("too_early", outcome.until, now);
    case "closed":
      return outcome.as === "approved"
        ? answer(202, challengeView(account, asSaved(account, challenge), context))
        : problem(`challenge_${outcome.as}`);
    case "no_way_left":
    case "method_unavailable":
    case "not_found":
    case "no_challenge":
      return problem(outcome.kind);
  }
});

/** POST /v1/challenge/code */
export const answerPhoneCodeRoute = (codeKeys: () => Promise<KeyRing>, check: CheckCode) =>
  route(contracts.answerPhoneCode, async (request) => {
    const { services, loaded, body, now } = request;
    const [common, keys] = await Promise.all([answerOf(request, codeKeys), codeKeys()]);
    if ("problem" in common) return common;
    const given = { ...common, code: body.code, codeKeys: keys };
    const context = contextOf(services, now);
    const decided = await decideOwn(request, (account) => answerPhoneCode(account, given, context));
    if (!decided) return problem("no_challenge");
    const { outcome } = decided;
    if (outcome.kind === "code_unavailable") return problem("code_unavailable");
    if (outcome.kind !== "ask_carrier") {
      return answerResponse(request, { ...decided, outcome }, given);
    }
    const right = await check(outcome.calls, body.code);
    const resolved = await services.decide(loaded.value.id, (account) =>
      resolveCheckedCode(account, given, right, context),
    );
    return answerResponse(request, resolved, given);
  });
