import type { Instant } from "../account/ids.ts";

/** Claims of work that several workers may come to do, and that only one of them must do. */
export type Claims = {
  /**
   * Takes `key` until a time. Returns false if another owner has it at `now`. The owner that has it may take it again,
   * for longer: so a request that is repeated after a lost answer finds its own claim and not another's.
   *
   * @param owner a random name of the worker that takes it.
   */
  take(key: string, owner: string, now: Instant, until: Instant): Promise<boolean>;
};
