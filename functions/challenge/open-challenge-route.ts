import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { takeHandoff } from "../../lib/challenge/take-handoff.ts";
import { readToken } from "../../lib/challenge/token.ts";
import { openChallenge } from "../../lib/contract/challenge.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { setChallengeCookie } from "../../lib/http/cookies.ts";
import { askWhetherToReplace, findOtherSession } from "../../lib/http/other-session.ts";
import { problem } from "../../lib/http/problem.ts";
import { route } from "../../lib/http/route.ts";
import { nextToken } from "../../lib/http/repeatable.ts";
import { contextOf } from "../../lib/account/account.ts";
import type { TokenKeys } from "./answer-of.ts";

/** POST /v1/challenge/open */
export const openChallengeRoute = (tokenKeys: TokenKeys) =>
  route(openChallenge, async (request) => {
    const { services, body, now, heldSession, repeatKey } = request;
    const token = readToken(body.token);
    if (!token) return problem("no_challenge");
    const { accountId, challengeId } = token;
    const [secret, other] = await Promise.all([
      nextToken(services, tokenKeys, { held: token.secret, purpose: "challenge", repeatKey }),
      findOtherSession(services, heldSession, accountId, now),
    ]);
    const context = contextOf(services, now);
    const taken = {
      challengeId,
      tokenHash: hashToken(token.secret),
      secretHash: hashToken(secret),
      repeatKeyHash: repeatKey?.hash ?? null,
      other,
      replaceSession: body.replaceSession === true,
    };
    const decided = await services.decide(accountId, (account) =>
      takeHandoff(account, taken, context),
    );
    if (!decided) return problem("no_challenge");
    const { outcome, account } = decided;
    switch (outcome.kind) {
      case "taken":
        return answer(200, challengeView(account, outcome.challenge, context), [
          setChallengeCookie(
            { accountId, id: challengeId, secret },
            services.limits.challenge.lifeSeconds,
          ),
        ]);
      case "session_of_another":
        return askWhetherToReplace(account, outcome.session);
      case "closed":
        return problem(`challenge_${outcome.as}`);
      case "no_challenge":
        return problem("no_challenge");
    }
  });
