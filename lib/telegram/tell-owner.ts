import type { Account } from "../account/account.ts";
import type { ActivityEntry } from "../account/activity.ts";
import { recentActivity } from "../account/note-activity.ts";
import { toldAs, type ToldEvent } from "./told-activity.ts";
import type { ToldChat } from "./telegram-effects.ts";
import type { SendResult } from "./send-prompt.ts";
import type { TelegramJob } from "./telegram-queue.ts";
import { faultFields } from "../log/log.ts";
import { nearest } from "../settings/languages.ts";
import { notices } from "./messages/notices/notices.ts";
import type { Sender } from "./sender.ts";
import { maskedEmail, timeText } from "./sign-in-text.ts";
import type { TelegramApi } from "./telegram-api.ts";

export type NotifyJob = Extract<TelegramJob, { kind: "notify" }>;

/** How long after the entry the sender still follows Telegram's wish to wait (429). */
const patienceSeconds = 3600;

/** Longer than a function may run, shorter than a failed job stays away (`retry-delay.ts`). */
const claimSeconds = 60;

/** Longer than a dead letter is kept: a dead letter that an operator sends again tells nobody twice. */
const toldSeconds = 15 * 86_400;

/**
 * Tells the owner of an entry of recent activity, in each chat that the job names. If the entry is gone, another job
 * tells of it: a repeat took its place, under a number of its own.
 *
 * It claims each chat before it sends and marks it after, so a job that comes back or is delivered twice tells only the
 * chats that were not told. A chat is told twice if the function dies in between, or if Telegram takes a message and
 * stays silent: too often is better than not at all. Throws when Telegram did not take a notice: the job comes back.
 */
export async function tellOwner(sender: Sender, job: NotifyJob): Promise<void> {
  const { accountId, entry: n } = job;
  const loaded = await sender.accounts.load(accountId);
  const entry = loaded && recentActivity(loaded.value).find((one) => one.n === n);
  const event = entry && toldAs(entry);
  if (!event) return;
  const api = await sender.api();
  const texts = textsOf(sender, loaded.value, entry, event);
  const told = await Promise.all(
    job.chats.map(async (chat) => ({ chat, result: await tell(sender, api, job, chat, texts) })),
  );
  const results = told.map(({ result }) => result.kind);
  sender.log.info("telegram_told", { account: accountId, activity: entry.event, results });
  await noteReachable(sender, job, new Map(told.map(({ chat, result }) => [chat.userId, result])));

  const later = told.flatMap(({ chat, result }) =>
    result.kind === "later" ? [{ chat, seconds: result.seconds }] : [],
  );
  if (later.length > 0) {
    const wait = Math.max(claimSeconds, ...later.map(({ seconds }) => seconds));
    if (sender.now() + wait * 1000 < entry.at + patienceSeconds * 1000) {
      await sender.queue.send({ ...job, chats: later.map(({ chat }) => chat) }, wait);
    } else {
      sender.log.error("telegram_notice_given_up", { account: accountId, activity: entry.event });
    }
  }
  if (results.includes("failed") || results.includes("unavailable"))
    throw new Error("Telegram did not take a notice.");
}

const textsOf =
  (
    { service, languages }: Sender,
    account: Account,
    { at, device, ip }: ActivityEntry,
    event: ToldEvent,
  ) =>
  (chat: ToldChat): string => {
    const language = nearest(languages, chat.language);
    const time = timeText(at, language);
    const about = { service, account: maskedEmail(account.email), device, ip, time };
    return notices[language](event, about);
  };

type Told = SendResult | { readonly kind: "told_before" };

const tell = async (
  { claims, now, random, log }: Sender,
  api: TelegramApi,
  { accountId, entry }: NotifyJob,
  chat: ToldChat,
  texts: (chat: ToldChat) => string,
): Promise<Told> => {
  const key = `${accountId}.${entry}.${chat.userId}`;
  const owner = random(16).toString("base64url");
  const claimed = await claims.take(key, owner, now(), now() + claimSeconds * 1000);
  if (!claimed) return { kind: "told_before" };
  const result = await api.send(chat.userId, texts(chat), []);
  if (result.kind === "sent" || result.kind === "blocked") {
    try {
      await claims.take(key, owner, now(), now() + toldSeconds * 1000);
    } catch (fault) {
      // The chat has been told, and only a second delivery of the job would tell it again.
      log.warn("telegram_told_unmarked", { account: accountId, ...faultFields(fault) });
    }
  }
  return result;
};

/** Records whether each chat can be reached, as prompts do. Saves nothing if that is on record already. */
const noteReachable = async (
  sender: Sender,
  { accountId }: NotifyJob,
  results: ReadonlyMap<number, Told>,
): Promise<void> => {
  await sender.decide(accountId, (account) => {
    const accounts = account.telegram.accounts.map((one) => {
      const kind = results.get(one.userId)?.kind;
      const reachable = kind === "sent" || (kind === "blocked" ? false : one.reachable);
      return reachable === one.reachable ? one : { ...one, reachable };
    });
    const changed = accounts.some((one, n) => one !== account.telegram.accounts[n]);
    return {
      account: changed ? { ...account, telegram: { ...account.telegram, accounts } } : account,
      outcome: undefined,
    };
  });
};
