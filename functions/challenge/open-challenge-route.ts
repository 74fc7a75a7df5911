import { challengeView } from "../../lib/challenge/challenge-view.ts";
import { takeHandoff } from "../../lib/challenge/take-handoff.ts";
import { readToken } from "../../lib/challenge/token.ts";
import { openChallenge } from "../../lib/contract/challenge.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { setChallengeCookie } from "../../lib/http/cookies.ts";
import { askWhetherToReplace, findOtherSession } from "../../lib/http/other-session.ts";
import { problem } from "../../lib/http/problem.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf, decide, newSecret } from "../../lib/http/shell.ts";

/** POST /v1/challenge/open */
export const openChallengeRoute = route(openChallenge, async (request) => {
  const { shell, body, now, heldSession } = request;
  const token = readToken(body.token);
  if (!token) return problem("no_challenge");
  const { accountId, challengeId } = token;
  const secret = newSecret(shell);
  const context = contextOf(shell, now);
  const taken = {
    challengeId,
    tokenHash: hashToken(token.secret),
    secretHash: hashToken(secret),
    other: await findOtherSession(shell, heldSession, accountId, now),
    replaceSession: body.replaceSession === true,
  };
  const decided = await decide(shell, accountId, (account) => takeHandoff(account, taken, context));
  if (!decided) return problem("no_challenge");
  const { outcome, account } = decided;
  switch (outcome.kind) {
    case "taken":
      return answer(200, challengeView(account, outcome.challenge, context), [
        setChallengeCookie(
          { accountId, id: challengeId, secret },
          shell.limits.challenge.lifeSeconds,
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
