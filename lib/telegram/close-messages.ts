import type { Account } from "../account/account.ts";
import { statusAt, type Challenge } from "../account/challenge.ts";
import { markClosed } from "./send-prompt.ts";
import { closeChallenges } from "../challenge/close-challenges.ts";
import type { TelegramPrompt } from "../account/prompt.ts";
import type { TelegramJob } from "./telegram-queue.ts";
import { nearest } from "../settings/languages.ts";
import type { Ending } from "./messages/catalogue.ts";
import { catalogues } from "./messages/messages.ts";
import { decideForJob, senderContext, type Sender } from "./sender.ts";
import { signInText } from "./sign-in-text.ts";
import type { EditResult } from "./telegram-api.ts";

export type CloseJob = Extract<TelegramJob, { kind: "close" }>;

/**
 * Closes a challenge whose time is over. Edits every message of a challenge that is over, so that it says what happened
 * and has no buttons. Doing it twice changes nothing. Throws when Telegram did not take an edit: the job comes back.
 */
export async function closeMessages(sender: Sender, job: CloseJob): Promise<void> {
  const { account } = await decideForJob(sender, job.accountId, (one) => ({
    account: closeChallenges(one, senderContext(sender)),
    outcome: undefined,
  }));
  const challenge = account.challenges.find((one) => one.id === job.challengeId);
  if (!challenge) return;
  const now = sender.now();
  if (statusAt(challenge, now) === "pending") {
    // The job came before the end of the challenge's life, by a clock that is ahead of ours.
    if (job.notBefore !== null) {
      await sender.queue.send(job, Math.max(1, (job.notBefore - now) / 1000));
    }
    return;
  }
  if (challenge.telegram?.messagesClosedAt !== null) return;
  const ending = endingOf(account, challenge, challenge.telegram, now);
  if (!ending) return;
  const api = await sender.api();
  const edits = await Promise.all(
    challenge.telegram.chats.flatMap((chat) => {
      const language = nearest(sender.languages, chat.language);
      const signIn = signInText(account, challenge, sender.service, language);
      const text = catalogues[language].closed(signIn, ending);
      return chat.messages.map((message) => api.edit(chat.userId, message, text));
    }),
  );
  await followUp(sender, job, edits);
}

const followUp = async (
  sender: Sender,
  job: CloseJob,
  edits: readonly EditResult[],
): Promise<void> => {
  if (edits.some(({ kind }) => kind === "failed"))
    throw new Error("Telegram did not take an edit.");
  const wait = Math.max(0, ...edits.map((edit) => (edit.kind === "later" ? edit.seconds : 0)));
  if (wait > 0) {
    await sender.queue.send(job, wait);
    return;
  }
  await decideForJob(sender, job.accountId, (fresh) =>
    markClosed(fresh, job.challengeId, sender.now()),
  );
};

const endingOf = (
  account: Account,
  challenge: Challenge,
  { answeredBy }: TelegramPrompt,
  now: number,
): Ending | undefined => {
  const by = account.telegram.accounts.find((one) => one.id === answeredBy)?.name ?? "Telegram";
  const status = statusAt(challenge, now);
  switch (status) {
    case "pending":
      return undefined;
    case "approved":
      return answeredBy ? { kind: "approved", by } : { kind: "elsewhere" };
    case "denied":
      return { kind: "denied", by };
    case "expired":
    case "cancelled":
    case "locked":
      return { kind: status };
  }
};
