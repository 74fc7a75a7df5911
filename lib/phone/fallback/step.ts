import type { Channel } from "../../account/fallback.ts";
import type { AccountId } from "../../account/ids.ts";
import type { FallbackStepName } from "../../settings/fallback-steps.ts";
import type { FallbackOwnerId } from "./owner.ts";

/**
 * What an execution of the state machine does next. The account decides it; the machine only goes there and keeps time.
 *
 * `send`: the task of the channel sends the attempt that is due. `listen`: the fallback waits for what the person or the
 * carrier says, `listenSeconds` at most.
 */
export type FallbackStep =
  | { readonly kind: "send"; readonly channel: Channel; readonly waitSeconds: number }
  | {
      readonly kind: "listen";
      readonly channel: Channel;
      /** Before that, the machine waits so long. */
      readonly waitSeconds: number;
      readonly listenSeconds: number;
    }
  | { readonly kind: "over" };

const nameOf = (step: FallbackStep): FallbackStepName => {
  switch (step.kind) {
    case "send":
      return step.channel;
    case "listen":
      return `listen_${step.channel}`;
    case "over":
      return "over";
  }
};

/** What the machine carries from state to state: ids, the step and its times. */
export type MachineInput = {
  readonly accountId?: AccountId;
  readonly ownerId?: FallbackOwnerId;
  readonly step: FallbackStepName;
  readonly waitSeconds: number;
  readonly listenSeconds: number;
};

export const machineInput = (
  step: FallbackStep,
  ids?: { readonly accountId: AccountId; readonly ownerId: FallbackOwnerId },
): MachineInput => ({
  ...(ids && { accountId: ids.accountId, ownerId: ids.ownerId }),
  step: nameOf(step),
  waitSeconds: "waitSeconds" in step ? step.waitSeconds : 0,
  listenSeconds: "listenSeconds" in step ? step.listenSeconds : 0,
});
