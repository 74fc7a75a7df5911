import type { Account, Context } from "../account/account.ts";
import type { Versioned } from "../account/account-store.ts";
import { decideAccount, type Decided, type Decider } from "../account/decide-account.ts";
import type { Decision } from "../account/decision.ts";
import type { AccountId, Instant } from "../account/ids.ts";
import { effectsOf } from "./effects.ts";
import { measuresOf } from "./measures.ts";
import { newActivity, type ActivityEvents } from "./activity-events.ts";
import { performEffects } from "./perform-effects.ts";
import type { FallbackMachine } from "../phone/fallback/fallback-machine.ts";
import type { TelegramQueue } from "../telegram/telegram-queue.ts";
import type { Limits } from "../settings/limits.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { logActivity, publishActivity } from "./tell-activity.ts";
import type { CallerAddress } from "../http/caller-address.ts";
import type { Log } from "../log/log.ts";

/** What every HTTP function needs of the outside, made once on cold start. */
export type Shell = {
  readonly decider: Decider;
  readonly sessions: SessionStore;
  readonly queue: TelegramQueue;
  readonly fallbacks: FallbackMachine;
  readonly events: ActivityEvents;
  readonly limits: Limits;
  /** Scheme, host and port as browsers send them in `Origin`. */
  readonly allowedOrigins: readonly string[];
  readonly callerAddress: CallerAddress;
  readonly now: () => Instant;
  readonly random: (bytes: number) => Buffer;
  readonly log: Log;
  /**
   * What is saved in place of what a decision made, see `tidyAccount`. A function that can tell nobody of an ending leaves
   * it to the next that can.
   */
  readonly tidy: (account: Account, context: Context) => Account;
  /**
   * Takes work that nobody's answer depends on, and resolves when the caller may go on: at once for an HTTP request, which
   * waits for it before its function ends.
   */
  readonly beside: (work: Promise<void>) => Promise<void>;
};

/** Waits for the work beside an answer, whatever becomes of the answer. */
export const withWorkBeside = async <T>(
  shell: Shell,
  answer: (shell: Shell) => Promise<T>,
): Promise<T> => {
  const beside: Promise<void>[] = [];
  const take = (work: Promise<void>) => {
    beside.push(work);
    return Promise.resolve();
  };
  try {
    return await answer({ ...shell, beside: take });
  } finally {
    await Promise.all(beside);
  }
};

/**
 * Decides and saves; only then what was saved is logged and sets going what follows from it. Undefined: there is no
 * such account.
 */
export const decide = async <Outcome, Prepared = undefined>(
  shell: Shell,
  id: AccountId,
  decision: (account: Account, prepared: Prepared) => Decision<Outcome>,
  loaded?: Versioned<Account>,
  prepare?: (account: Account) => Promise<Prepared>,
): Promise<Decided<Outcome> | undefined> => {
  const context = contextOf(shell, shell.now());
  const decided = await decideAccount(
    shell.decider,
    id,
    (account, prepared: Prepared) => {
      const made = decision(account, prepared);
      return made.account === account
        ? made
        : { ...made, account: shell.tidy(made.account, context) };
    },
    loaded,
    prepare,
  );
  if (!decided) return undefined;
  const { before, account } = decided;
  const notices = newActivity(before, account);
  logActivity(shell.log, notices);
  for (const measure of measuresOf(before, account)) shell.log.measure(measure);
  const [after] = await Promise.all([
    performEffects(shell, account, effectsOf(before, account), context),
    shell.beside(publishActivity(shell, notices)),
  ]);
  return { ...decided, account: after };
};

export const contextOf = ({ limits }: Shell, now: Instant): Context => ({ now, limits });

/** 256 random bits, for what is kept secret. */
export const newSecret = ({ random }: Shell): string => random(32).toString("base64url");

/** 128 random bits, for what only has to be another one. */
export const idBytes = ({ random }: Shell): Buffer => random(16);
