import type { Account, Context } from "../account/account.ts";
import { noteEnding } from "../account/note-activity.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { endChallenge } from "../account/challenge.ts";
import { closedAs, replaceChallenge } from "../account/challenges.ts";

/** Cancels a sign-in that the person gives up. A challenge that is already over keeps its status. */
export function cancelChallenge(
  account: Account,
  id: ChallengeId,
  client: Client,
  context: Context,
): Decision<undefined> {
  const challenge = account.challenges.find((one) => one.id === id);
  if (challenge?.status !== "pending" || closedAs(account, challenge, context.now))
    return { account, outcome: undefined };
  const cancelled = replaceChallenge(account, endChallenge(challenge, "cancelled", context.now));
  return {
    account: noteEnding(cancelled, id, "challenge_cancelled", client, context),
    outcome: undefined,
  };
}
