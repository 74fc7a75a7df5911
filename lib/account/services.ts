import type { Random } from "../crypto/random.ts";
import type { Log } from "../log/log.ts";
import type { Limits } from "../settings/limits.ts";
import type { AccountStore } from "./account-store.ts";
import type { Decide } from "./decide-account.ts";
import type { Instant } from "./ids.ts";

/** The services that every function has. */
export type Services = {
  readonly now: () => Instant;
  readonly random: Random;
  readonly limits: Limits;
  readonly log: Log;
};

/** The services that change accounts. Changes go through `decide`, so that their effects always follow. */
export type AccountServices = Services & {
  readonly accounts: AccountStore;
  readonly decide: Decide;
};
