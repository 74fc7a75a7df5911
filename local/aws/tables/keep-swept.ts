import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Clock } from "../clock/clock.ts";
import type { TablePlan } from "../plan/plan.ts";
import { sweep } from "./sweep.ts";

export type KeepSweptOptions = {
  client: DynamoDBClient;
  tables: readonly TablePlan[];
  clock: Pick<Clock, "now" | "onAdvance">;
  report: (fault: string) => void;
};

const INTERVAL_MS = 60_000;

/** Sweeps the tables after each move of the clock, and every minute until the returned function is called. */
export function keepSwept({
  client,
  tables,
  clock,
  report,
}: KeepSweptOptions): () => Promise<void> {
  const sweepAll = async (): Promise<void> => {
    for (const table of tables) await sweep(client, table, clock.now());
  };
  clock.onAdvance(sweepAll);
  return every(INTERVAL_MS, sweepAll, report);
}

/** Repeats `work`, never two at a time. The returned function ends that, and waits for a run that is under way. */
function every(
  milliseconds: number,
  work: () => Promise<void>,
  report: (fault: string) => void,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => report(String(error)))
      .finally(() => (running = undefined));
  }, milliseconds);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
