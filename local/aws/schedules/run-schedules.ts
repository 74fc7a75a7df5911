import { randomUUID } from "node:crypto";
import type { Timers } from "../clock/timers.ts";
import type { SchedulePlan } from "../plan/plan.ts";
import { ACCOUNT_ID, REGION } from "../template/names.ts";

export type SchedulesOptions = {
  schedules: readonly SchedulePlan[];
  invoke: (functionName: string, event: unknown, requestId: string) => Promise<unknown>;
  /** Milliseconds since 1970, by the stack's clock. */
  now: () => number;
  timers: Timers;
};

/**
 * Invokes each function when its rule says, for the first time after one period. A move of the clock over several
 * periods invokes it once: nobody was there meanwhile.
 */
export function runSchedules({ schedules, invoke, now, timers }: SchedulesOptions): void {
  for (const schedule of schedules) {
    const arm = (): void => {
      timers.at(now() + schedule.everyMilliseconds, async () => {
        arm();
        await invoke(schedule.functionName, eventOf(schedule, now()), randomUUID());
      });
    };
    arm();
  }
}

/** The event that EventBridge sends for a schedule. */
const eventOf = ({ id }: SchedulePlan, now: number) => ({
  version: "0",
  id: randomUUID(),
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: ACCOUNT_ID,
  time: new Date(now).toISOString().replace(/\.\d+/, ""),
  region: REGION,
  resources: [`arn:aws:events:${REGION}:${ACCOUNT_ID}:rule/${id}`],
  detail: {},
});
