import type { AccountId } from "../../account/ids.ts";
import type { FallbackOwnerId } from "./owner.ts";

/**
 * The timer of the fallbacks. Its executions carry ids only; what they do is asked of the account at every step.
 */
export type FallbackMachine = {
  /** Starting the same run twice is starting it once. */
  start(account: AccountId, owner: FallbackOwnerId, run: number): Promise<void>;
  /** Wakes a waiting task to try the next call, or past all calls. `gone`: nobody waits by this token. */
  move(token: string, to: "next" | "calls_over"): Promise<"moved" | "gone">;
  /** Ends the execution that waits by this token; one that is over already is fine. */
  end(token: string): Promise<void>;
};
