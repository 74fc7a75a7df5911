import { promptAgain } from "../../lib/telegram/prompt-again.ts";
import { challengeView } from "../../lib/whole-account/challenge-view.ts";
import { promptNumbers } from "../../lib/telegram/prompt.ts";
import { promptTelegram } from "../../lib/contract/challenge.ts";
import { answer } from "../../lib/http/answer.ts";
import { asSaved } from "../../lib/http/opened-challenge.ts";
import { problem } from "../../lib/http/problem.ts";
import { retryAt } from "../../lib/http/retry-after.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import { decideOwn } from "./decide-own.ts";

/** POST /v1/challenge/telegram */
export const promptTelegramRoute = route(promptTelegram, async (request) => {
  const { services, challenge, now } = request;
  const context = contextOf(services, now);
  const input = { challengeId: challenge.id, numbers: promptNumbers(services.random(6)) };
  const decided = await decideOwn(request, (account) => promptAgain(account, input, context));
  if (!decided) return problem("no_challenge");
  const { outcome, account } = decided;
  switch (outcome.kind) {
    case "prompted":
      return answer(202, challengeView(account, asSaved(account, outcome.challenge), context));
    case "too_early":
      return retryAt("too_early", outcome.until, now);
    case "closed":
      return problem(`challenge_${outcome.as}`);
    case "method_unavailable":
    case "no_challenge":
      return problem(outcome.kind);
  }
});
