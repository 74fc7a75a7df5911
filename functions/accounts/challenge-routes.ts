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
import { readRoute, route } from "../../lib/http/route.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import type { Challenge } from "../../lib/account/challenge.ts";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { clientOfPerson, pageToReturnTo } from "./host-request.ts";
import { newSecret } from "../../lib/crypto/random.ts";
import { contextOf, type Account } from "../../lib/account/account.ts";

/**
 * POST /v1/accounts/{id}/challenges
 *
 * @param signInUrl the page that takes the token from its URL's fragment, which no server and no `Referer` sees.
 */
export const openAccountChallengeRoute = (signInUrl: string) =>
  route(contracts.openAccountChallenge, async ({ services, body, accountId, now }) => {
    const client = clientOfPerson(body);
    if ("problem" in client) return client;
    const back = pageToReturnTo(body.returnTo, services.allowedOrigins);
    if ("problem" in back) return back;
    const secret = newSecret(services);
    const challengeId = newChallengeId(services);
    const asked: NewPromptedChallenge = {
      id: challengeId,
      // No browser holds this challenge yet; no secret has an empty hash.
      secretHash: "",
      client,
      sessionId: null,
      numbers: promptNumbers(services.random(6)),
      handoff: { tokenHash: hashToken(secret), taken: null, ...back },
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

/** GET /v1/accounts/{id}/challenges/{challengeId} */
export const readAccountChallengeRoute = readRoute(
  contracts.readAccountChallenge,
  async ({ services, accountId, params, now }) => {
    const loaded = await services.accounts.load(accountId);
    const challenge = loaded && ofHost(loaded.value, params["challengeId"]);
    if (!challenge) return problem("not_found");
    const method = challenge.completion?.method;
    const { status } = challengeView(loaded.value, challenge, contextOf(services, now));
    return answer(200, { status, ...(method && { method }) });
  },
);

/** DELETE /v1/accounts/{id}/challenges/{challengeId} */
export const cancelAccountChallengeRoute = route(
  contracts.cancelAccountChallenge,
  async ({ services, accountId, params, client, now }) => {
    const decided = await services.decide<"cancelled" | undefined>(accountId, (account) => {
      const challenge = ofHost(account, params["challengeId"]);
      if (!challenge) return { account, outcome: undefined };
      const cancelled = cancelChallenge(account, challenge.id, client, contextOf(services, now));
      return { account: cancelled.account, outcome: "cancelled" };
    });
    return decided?.outcome ? answer(204, null) : problem("not_found");
  },
);

/** Hosts see the challenges that a host opened. The others belong to their browsers. */
const ofHost = ({ challenges }: Account, id: string | undefined): Challenge | undefined =>
  challenges.find((one) => one.id === id && one.handoff !== null);

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
