import type { Account } from "../account/account.ts";
import type { Instant, TelegramAccountId } from "../account/ids.ts";
import type { Challenge } from "../account/challenge.ts";
import { claimSending, recordSent, type RecordOutcome, type SendResult } from "./send-prompt.ts";
import type { PromptedChat, TelegramPrompt } from "../account/prompt.ts";
import type { PromptJob, SentRequest } from "./telegram-queue.ts";
import { faultFields } from "../log/log.ts";
import { failure, one } from "../log/measure.ts";
import { nearest } from "../settings/languages.ts";
import { catalogues } from "./messages/messages.ts";
import { decideForJob, senderContext, type Sender } from "./sender.ts";
import { closeMessages } from "./close-messages.ts";
import { signInText } from "./sign-in-text.ts";
import type { Buttons, TelegramApi } from "./telegram-api.ts";

/** What became of the messages to the chats. */
type Results = ReadonlyMap<TelegramAccountId, SendResult>;

/**
 * Sends the prompt of one round to the chats that wait for it. It claims the chats before it sends and records the
 * messages after: a job that is delivered twice finds nothing to send, and one that broke off is taken up again after a
 * while.
 *
 * Throws when Telegram certainly did not take a message: the job comes back, until the challenge is over.
 *
 * If the record fails, the job carries on the ids of the messages. Sending others instead would leave these with
 * buttons that nothing removes. Only a function that dies between sending and recording leaves such messages; a tap on
 * one counts.
 */
export async function sendRequests(
  sender: Sender,
  { sent: unrecorded, ...job }: PromptJob,
): Promise<void> {
  const { accountId, challengeId } = job;
  if (unrecorded) await record(sender, job, resultsOf(unrecorded));
  const claimed = await decideForJob(sender, accountId, (account) =>
    claimSending(account, job, senderContext(sender)),
  );
  if (claimed.outcome.kind === "claimed") {
    // It is sending, or it has died: this job looks again when its claim is over.
    await sender.queue.send(job, Math.max(1, (claimed.outcome.until - sender.now()) / 1000));
    return;
  }
  if (claimed.outcome.kind === "nothing_to_send") {
    // The job came back because its messages were not edited. For a pending challenge this does nothing.
    await closeMessages(sender, { kind: "close", accountId, challengeId, notBefore: null });
    return;
  }
  const { challenge, chats } = claimed.outcome;
  const waited = (sender.now() - (challenge.telegram?.promptedAt ?? sender.now())) / 1000;
  sender.log.measure({ name: "TelegramWait", value: waited, unit: "Seconds", dimensions: {} });

  // Buttons name only the challenge: by this entry a tap finds its account, also long after the end.
  await sender.index.put("challenge", challengeId, accountId, challenge.expiresAt + 86_400_000);
  const api = await sender.api();
  const sent = await Promise.all(
    chats.map(async (chat): Promise<[TelegramAccountId, SendResult]> => {
      const result = await send(api, sender, claimed.account, challenge, chat);
      return [chat.id, withinLife(result, challenge, sender.now())];
    }),
  );
  const kinds = sent.map(([, { kind }]) => kind);
  for (const outcome of kinds) {
    sender.log.measure(one("TelegramPrompted", { outcome }));
    // A prompt that Telegram wants later is counted when its job comes again, and a job that fails counts itself.
    if (outcome !== "later" && outcome !== "unavailable")
      sender.log.measure(failure("TelegramFailed", outcome === "failed", {}));
  }
  sender.log.info("telegram_prompted", { account: accountId, results: kinds });
  // A revoked token, for example, makes every send fail.
  if (kinds.includes("failed")) sender.log.error("telegram_send_failed", { account: accountId });

  const results = new Map(sent);
  const outcome = await record(sender, job, results).catch((fault: unknown) =>
    recordLater(sender, job, results, fault),
  );
  if (outcome.kind === "recorded" && outcome.over) {
    await closeMessages(sender, { kind: "close", accountId, challengeId, notBefore: null });
    return;
  }
  if (outcome.kind === "unrecorded") return;
  const waits = sent.map(([, result]) => (result.kind === "later" ? result.seconds : 0));
  const wait = Math.max(...waits);
  if (wait > 0) await sender.queue.send(job, wait);
  if (kinds.includes("unavailable")) throw new Error("Telegram did not take a prompt.");
}

const record = async (sender: Sender, job: PromptJob, results: Results): Promise<RecordOutcome> => {
  const sent = { challengeId: job.challengeId, round: job.round, results };
  const { outcome } = await decideForJob(sender, job.accountId, (account) =>
    recordSent(account, sent, senderContext(sender)),
  );
  return outcome;
};

/** Records by another job. It comes when the claim is over, and sends to the chats that got nothing. */
const recordLater = async (
  { log, queue, limits }: Sender,
  job: PromptJob,
  results: Results,
  fault: unknown,
): Promise<{ readonly kind: "unrecorded" }> => {
  const sent = [...results].flatMap(([chat, result]): SentRequest[] =>
    result.kind === "sent" ? [{ chat, messageId: result.messageId }] : [],
  );
  if (sent.length === 0) throw fault;
  log.warn("telegram_record_failed", { account: job.accountId, ...faultFields(fault) });
  await queue.send({ ...job, sent }, limits.telegram.sendSeconds);
  return { kind: "unrecorded" };
};

const resultsOf = (sent: readonly SentRequest[]): Results =>
  new Map(sent.map(({ chat, messageId }) => [chat, { kind: "sent", messageId }]));

const send = async (
  api: TelegramApi,
  { service, languages }: Sender,
  account: Account,
  challenge: Challenge,
  chat: PromptedChat,
): Promise<SendResult> => {
  const linked = account.telegram.accounts.find((one) => one.id === chat.id);
  if (!linked || !challenge.telegram) return { kind: "failed" };
  // The chat may have been linked in a language that is not offered any more.
  const language = nearest(languages, linked.language);
  const texts = catalogues[language];
  return api.send(
    chat.userId,
    texts.prompt(signInText(account, challenge, service, language)),
    buttons(challenge, challenge.telegram, texts.notMe),
  );
};

/** Numbers in ascending order, see `promptNumbers`. */
const buttons = ({ id }: Challenge, { numbers }: TelegramPrompt, notMe: string): Buttons => [
  [...numbers].sort().map((number) => ({ text: number, data: `${id}.${number}` })),
  [{ text: notMe, data: `${id}.no` }],
];

/** A wait that would outlast the challenge is a failure. */
const withinLife = (result: SendResult, challenge: Challenge, now: Instant): SendResult =>
  result.kind === "later" && now + result.seconds * 1000 >= challenge.expiresAt
    ? { kind: "failed" }
    : result;
