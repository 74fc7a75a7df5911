import { contextOf, type Account, type Context } from "../account/account.ts";
import type { AccountIndex } from "../account/account-index.ts";
import type { Decision } from "../account/decision.ts";
import type { AccountId } from "../account/ids.ts";
import type { Claims } from "../guard/claims.ts";
import type { AccountServices } from "../account/services.ts";
import type { Languages } from "../settings/languages.ts";
import type { TelegramApi } from "./telegram-api.ts";
import type { FailedJobs, TelegramQueue } from "./telegram-queue.ts";

/** The services of a job. */
export type Sender = AccountServices & {
  readonly queue: TelegramQueue;
  readonly failedJobs: FailedJobs;
  readonly api: () => Promise<TelegramApi>;
  readonly index: AccountIndex;
  /** Notices that a sender is sending, or has sent. */
  readonly claims: Claims;
  readonly service: string;
  readonly languages: Languages;
};

export const senderContext = (sender: Sender): Context => contextOf(sender, sender.now());

/** Decides on the account of a job. Throws if there is no such account, since every job comes from one. */
export const decideForJob = async <Outcome>(
  sender: Sender,
  id: AccountId,
  decision: (account: Account) => Decision<Outcome>,
) => {
  const decided = await sender.decide(id, decision);
  if (!decided) throw new Error("A job for an account that is not there.");
  return decided;
};
