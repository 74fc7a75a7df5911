import type { Instant } from "../account/ids.ts";

/** What is to be done once, though several may come to do it. */
export type Claims = {
  /**
   * Takes `key` until a time; false where somebody else has it at `now`. Who has it may take it again, for longer: so a request
   * that is repeated because its answer was lost finds its own claim and not another's.
   *
   * @param owner a random name of whoever takes it.
   */
  take(key: string, owner: string, now: Instant, until: Instant): Promise<boolean>;
};
