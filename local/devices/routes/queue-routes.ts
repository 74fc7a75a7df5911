import type { Queues } from "../../aws/queue/queues.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";

/** The route that reads how many messages each queue holds. A dead-letter queue shows in the queue that it serves. */
export function queueRoutes({ plans, count }: Pick<Queues, "plans" | "count">): DeviceRoutes {
  const deadLettersOf = (arn: string | undefined): number => {
    const queue = plans.find((plan) => plan.arn === arn);
    if (!queue) return 0;
    const { waiting, inFlight, delayed } = count(queue);
    return waiting + inFlight + delayed;
  };
  return {
    "GET /devices/api/queues": () => {
      const dead = plans.map(({ RedrivePolicy }) => RedrivePolicy?.deadLetterTargetArn);
      const shown = plans.filter(({ arn }) => !dead.includes(arn));
      return ok({
        queues: shown.map((plan) => ({
          name: plan.name,
          ...count(plan),
          dead: deadLettersOf(plan.RedrivePolicy?.deadLetterTargetArn),
        })),
      });
    },
  };
}
