import type { Account, Context } from "../account/account.ts";
import { decideAccount, type Decider } from "../account/decide-account.ts";
import type { Instant } from "../account/ids.ts";
import type { TelegramQueue } from "../delivery/telegram-queue.ts";
import type { Log } from "../http/log.ts";
import type { Languages } from "../languages.ts";
import type { Limits } from "../limits.ts";
import type { TelegramApi } from "./telegram-api.ts";
import type { AccountIndex } from "../account/account-index.ts";

/** What a job is done with. */
export type Sender = {
  readonly decider: Decider;
  readonly api: () => Promise<TelegramApi>;
  readonly index: AccountIndex;
  readonly queue: TelegramQueue;
  readonly limits: Limits;
  readonly service: string;
  readonly languages: Languages;
  readonly now: () => Instant;
  readonly log: Log;
};

export const senderContext = ({ now, limits }: Sender): Context => ({ now: now(), limits });

/** Decides on the account of a job; one that is not there is a fault, jobs are made of accounts. */
export const decideForJob = async <Outcome>(
  { decider }: Sender,
  id: Account["id"],
  decision: Parameters<typeof decideAccount<Outcome>>[2],
) => {
  const decided = await decideAccount(decider, id, decision);
  if (!decided) throw new Error("A job for an account that is not there.");
  return decided;
};
