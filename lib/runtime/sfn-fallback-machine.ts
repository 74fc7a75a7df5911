import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import type { FallbackMachine } from "../phone/fallback/fallback-machine.ts";
import { machineInput } from "../phone/fallback/step.ts";

/** The error by which the definition knows that the next attempt is due: not a fault, but what somebody said. */
const notReceived = "CallNotReceived";

export const sfnFallbackMachine = (
  client: SFNClient,
  stateMachineArn: string,
): FallbackMachine => ({
  async start(accountId, ownerId, run, step) {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          name: `${ownerId}-${run}`,
          input: JSON.stringify(machineInput(step, { accountId, ownerId })),
        }),
      );
    } catch (error) {
      // An earlier request started it, and its answer was lost.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },

  async move(taskToken) {
    const moved = await stillWaits(() =>
      client.send(new SendTaskFailureCommand({ taskToken, error: notReceived })),
    );
    return moved ? "moved" : "gone";
  },

  async goOn(taskToken, ids, step) {
    const output = JSON.stringify(machineInput(step, ids));
    await stillWaits(() => client.send(new SendTaskSuccessCommand({ taskToken, output })));
  },

  async end(taskToken) {
    const output = JSON.stringify(machineInput({ kind: "over" }));
    await stillWaits(() => client.send(new SendTaskSuccessCommand({ taskToken, output })));
  },
});

/** Returns whether the task still waited. A token that timed out, was answered or never existed is not a fault. */
const stillWaits = async (call: () => Promise<unknown>): Promise<boolean> => {
  try {
    await call();
    return true;
  } catch (error) {
    if (
      error instanceof TaskTimedOut ||
      error instanceof TaskDoesNotExist ||
      error instanceof InvalidToken
    ) {
      return false;
    }
    throw error;
  }
};
