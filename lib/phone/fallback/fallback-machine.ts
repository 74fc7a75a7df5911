import type { AccountId } from "../../account/ids.ts";
import type { FallbackOwnerId } from "./owner.ts";

/** The timer of the fallbacks. Its executions carry ids only; at every step the account decides what they do. */
export type FallbackMachine = {
  /** Starting the same run twice starts it once. */
  start(account: AccountId, owner: FallbackOwnerId, run: number): Promise<void>;
  /** Wakes a waiting task to try the next attempt, or past all calls. `gone`: no task waits by this token. */
  move(token: string, to: "next" | "calls_over"): Promise<"moved" | "gone">;
  /** Ends the execution that waits by this token. It is no error if that one is over already. */
  end(token: string): Promise<void>;
};
