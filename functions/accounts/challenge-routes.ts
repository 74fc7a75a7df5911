import { secondStepIsOn } from "../../lib/account/second-step.ts";
import { newChallengeId } from "../../lib/account/ids.ts";
import type { OpenOutcome } from "../../lib/challenge/open-challenge.ts";
import { openWithPrompt, type NewPromptedChallenge } from "../../lib/telegram/open-with-prompt.ts";
import { redeemGrant } from "../../lib/challenge/redeem-grant.ts";
import { readToken, writeToken } from "../../lib/challenge/token.ts";
import * as contracts from "../../lib/contract/accounts.ts";
import { promptNumbers } from "../../lib/telegram/prompt.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { problem } from "../../lib/http/problem.ts";
import { tooManyAttempts } from "../../lib/http/retry-after.ts";
import { route } from "../../lib/http/route.ts";
import { newSecret } from "../../lib/crypto/random.ts";
import { contextOf } from "../../lib/account/account.ts";

/** The longest page to go back to, as an ASCII URL. */
const longestReturn = 2000;

/**
 * POST /v1/accounts/{id}/challenges
 *
 * @param signInUrl the page that takes the token from its URL's fragment, which no server and no `Referer` sees.
 */
export const openAccountChallengeRoute = (signInUrl: string) =>
  route(contracts.openAccountChallenge, async ({ services, body, accountId, now }) => {
    const { ip, device, returnTo } = body;
    const back = returnTo === undefined ? null : new URL(returnTo);
    if (back && !services.allowedOrigins.includes(back.origin)) {
      return problem("invalid_request", {
        errors: [{ pointer: "/returnTo", detail: "must be a page of an allowed origin" }],
      });
    }
    // As an ASCII URL, a page in another alphabet is several times as long; the account keeps it.
    if (back && back.href.length > longestReturn) {
      return problem("invalid_request", {
        errors: [{ pointer: "/returnTo", detail: `must be at most ${longestReturn} characters` }],
      });
    }
    const secret = newSecret(services);
    const challengeId = newChallengeId(services);
    const asked: NewPromptedChallenge = {
      id: challengeId,
      // No browser holds this challenge yet; no secret has an empty hash.
      secretHash: "",
      client: { ip, device },
      sessionId: null,
      numbers: promptNumbers(services.random(6)),
      handoff: { tokenHash: hashToken(secret), taken: null, returnTo: back?.href ?? null },
    };
    const decided = await services.decide<OpenOutcome | { readonly kind: "not_required" }>(
      accountId,
      (account) =>
        secondStepIsOn(account)
          ? openWithPrompt(account, asked, contextOf(services, now))
          : { account, outcome: { kind: "not_required" } },
    );
    if (!decided) return problem("not_found");
    const { outcome } = decided;
    switch (outcome.kind) {
      case "not_required":
        return answer(200, { status: "not_required" });
      case "too_many_challenges":
        return tooManyAttempts(outcome.until, now);
      case "second_step": {
        const token = writeToken({ accountId, challengeId, secret });
        // The page reads the fragment as a form, in which `+` would be a blank.
        const challengeUrl = `${signInUrl}#challenge=${encodeURIComponent(token)}`;
        return answer(201, { challengeUrl, challengeId });
      }
    }
  });

/** POST /v1/grants/redeem */
export const redeemGrantRoute = route(contracts.redeemGrant, async (request) => {
  const { services, body, now, repeatKey } = request;
  const token = readToken(body.grant);
  if (!token) return problem("not_found");
  const { accountId, challengeId, secret } = token;
  const grant = { challengeId, hash: hashToken(secret), by: repeatKey?.once ?? "" };
  const decided = await services.decide(accountId, (account) =>
    redeemGrant(account, grant, contextOf(services, now)),
  );
  if (decided?.outcome.kind !== "redeemed") return problem("not_found");
  const { method, at } = decided.outcome.completion;
  return answer(200, {
    accountId,
    method,
    authenticatedAt: new Date(at).toISOString(),
    challengeId,
  });
});
