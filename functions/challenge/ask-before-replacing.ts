import type { Answer } from "../../lib/challenge/answer.ts";
import { closedAs } from "../../lib/account/challenges.ts";
import { repeatCompletion } from "../../lib/challenge/complete-challenge.ts";
import { replacesUnasked } from "../../lib/challenge/replaced-session.ts";
import { askWhetherToReplace, findOtherSession } from "../../lib/http/other-session.ts";
import type { Problem } from "../../lib/http/problem.ts";
import { contextOf } from "../../lib/account/account.ts";
import type { Challenged } from "./challenged.ts";

/**
 * Refuses to complete a challenge that came by a link, if that would replace the session of another account without the
 * person's agreement. It comes before the answer is looked at: no code is read, nothing is recorded.
 *
 * Attacks considered: a link to the attacker's challenge, left open in one tab while the victim signs in in another,
 * and approved in Telegram by the attacker (the person agreed to lose another session, or none); the same page
 * reloaded, within the minute in which a completion can be repeated (a repeat asks too); a link that was opened before
 * anybody was signed in (the person agreed to nothing). A challenge that is over answers that it is over, and names
 * nobody.
 */
export async function askBeforeReplacing(
  { services, loaded, challenge, heldSession, now }: Challenged,
  replaceSession: true | undefined,
  given: Answer,
): Promise<Problem<"session_of_another_account"> | undefined> {
  if (replaceSession || !heldSession || !replacesUnasked(challenge, heldSession.id))
    return undefined;
  const account = loaded.value;
  const context = contextOf(services, now);
  const signsIn =
    !closedAs(account, challenge, context.now) ||
    repeatCompletion(account, challenge, given, context) !== undefined;
  if (!signsIn) return undefined;
  const other = await findOtherSession(services, heldSession, account.id, now);
  return other && askWhetherToReplace(account, other);
}
