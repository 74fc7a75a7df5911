import type { Random } from "../crypto/random.ts";
import type { Log } from "../log/log.ts";
import type { Limits } from "../settings/limits.ts";
import type { AccountStore } from "./account-store.ts";
import type { Decide } from "./decide-account.ts";
import type { Instant } from "./ids.ts";

/** What every function has. */
export type Services = {
  readonly now: () => Instant;
  readonly random: Random;
  readonly limits: Limits;
  readonly log: Log;
};

/** What changes accounts: by decisions, so that what follows from a change always follows. */
export type AccountServices = Services & {
  readonly accounts: AccountStore;
  readonly decide: Decide;
};
