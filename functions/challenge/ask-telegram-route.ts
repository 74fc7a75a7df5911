import { askAgain } from "../../lib/challenge/ask-again.ts";
import { challengeView } from "../../lib/challenge/challenge-view.ts";
import { askNumbers } from "../../lib/challenge/telegram-ask.ts";
import { askTelegram } from "../../lib/contract/challenge.ts";
import { answer } from "../../lib/http/answer.ts";
import { asSaved } from "../../lib/http/open-challenge.ts";
import { problem } from "../../lib/http/problem.ts";
import { retryAt } from "../../lib/http/retry-after.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/http/shell.ts";
import { decideOwn } from "./decide-own.ts";

/** POST /v1/challenge/telegram */
export const askTelegramRoute = route(askTelegram, async (request) => {
  const { shell, challenge, now } = request;
  const context = contextOf(shell, now);
  const input = { challengeId: challenge.id, numbers: askNumbers(shell.random(6)) };
  const decided = await decideOwn(request, (account) => askAgain(account, input, context));
  if (!decided) return problem("no_challenge");
  const { outcome, account } = decided;
  switch (outcome.kind) {
    case "asking":
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
