import { setTimeout } from "node:timers/promises";
import type { AccountStore, Version } from "../account/account-store.ts";
import type { Decider } from "../account/decide-account.ts";
import type { AccountServices, Services } from "../account/services.ts";
import type { Random } from "../crypto/random.ts";
import type { SessionServices } from "../sessions/session-store.ts";
import { tidyAccount } from "../whole-account/tidy-account.ts";
import { waitedFor, type Background } from "./background.ts";
import { dynamoAccountStore } from "./dynamo-account-store.ts";
import { dynamoSessionStore } from "./dynamo-session-store.ts";
import type { Table } from "./dynamo-table.ts";
import { measuredAccountStore } from "./measured-account-store.ts";
import { runDecisions, type Reach } from "./run-decision.ts";

/** The services that read accounts and sessions. They cannot change an account. */
export type ReadingServices = SessionServices & {
  readonly accounts: Pick<AccountStore, "load">;
};

/** The services that also change accounts. */
export type DecidingServices = ReadingServices &
  AccountServices & {
    /** A fresh random name for a save. */
    readonly newVersion: () => Version;
  };

export const readingServices = (services: Services, table: Table): ReadingServices => ({
  ...services,
  accounts: dynamoAccountStore(table),
  sessions: dynamoSessionStore(table, services.limits),
});

const cannot = () => Promise.reject(new Error("This function sets no such thing going."));

/** The reach of a function whose decisions set nothing going. */
const noReach: Reach = {
  queue: { send: cannot },
  fallbacks: { start: cannot, move: cannot, goOn: cannot, end: cannot },
  events: { publish: cannot },
};

/**
 * @param reach what decisions may set going; a decision that needs more fails. A function without `events` cannot
 *   publish endings, so it leaves them to a function that can.
 */
export const decidingServices = (
  services: Services,
  table: Table,
  reach: Partial<Reach>,
  background: Background = waitedFor,
): DecidingServices => {
  const reading = readingServices(services, table);
  const accounts = measuredAccountStore(dynamoAccountStore(table), services.log);
  const decider = deciderOf(accounts, services.random);
  const decide = runDecisions({
    ...services,
    ...noReach,
    ...reach,
    decider,
    tidy: reach.events ? tidyAccount : (account) => account,
    background,
  });
  return { ...reading, accounts: decider.accounts, newVersion: decider.newVersion, decide };
};

const deciderOf = (accounts: AccountStore, random: Random): Decider => ({
  accounts,
  newVersion: () => random(12).toString("base64url"),
  backOff: (attempt) => setTimeout((random(1)[0] ?? 0) * 0.1 * attempt),
});
