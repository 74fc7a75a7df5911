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

/** The errors that the state machine's definition names in `Retry` and `Catch`. */
const errors = { next: "CallNotReceived", calls_over: "CallsOver" } as const;

export const sfnFallbackMachine = (
  client: SFNClient,
  stateMachineArn: string,
): FallbackMachine => ({
  async start(accountId, ownerId, run) {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          name: `${ownerId}-${run}`,
          input: JSON.stringify({ accountId, ownerId }),
        }),
      );
    } catch (error) {
      // An earlier request started it, and its answer was lost.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },

  async move(taskToken, to) {
    const moved = await stillWaits(() =>
      client.send(new SendTaskFailureCommand({ taskToken, error: errors[to] })),
    );
    return moved ? "moved" : "gone";
  },

  async end(taskToken) {
    await stillWaits(() => client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" })));
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
