import type { AccountId } from "../../account/ids.ts";
import type { FallbackOwnerId } from "./owner.ts";
import type { FallbackStep } from "./step.ts";

/** The timer of the fallbacks. Its executions carry ids only; at every step the account decides what they do. */
export type FallbackMachine = {
  /** Starts an execution at this step. Starting the same run twice starts it once. */
  start(account: AccountId, owner: FallbackOwnerId, run: number, step: FallbackStep): Promise<void>;
  /** Wakes a listening task: something is due. `gone`: no task waits by this token. */
  move(token: string): Promise<"moved" | "gone">;
  /** A listening task's own answer: the execution goes on with this step. It is no error if it is over already. */
  goOn(
    token: string,
    ids: { readonly accountId: AccountId; readonly ownerId: FallbackOwnerId },
    step: FallbackStep,
  ): Promise<void>;
  /** Ends the execution that waits by this token. It is no error if that one is over already. */
  end(token: string): Promise<void>;
};
