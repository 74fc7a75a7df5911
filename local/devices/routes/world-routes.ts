import type { Clock } from "../../aws/clock/clock.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";
import { problem } from "../api/problem.ts";
import type { Changes } from "../world/changes.ts";
import type { PhonesWorld, ShownServiceFault, TelegramWorld, World } from "../world/world.ts";

export type WorldDeps = {
  changes: Pick<Changes, "version" | "after">;
  clock: Pick<Clock, "now">;
  telegram: () => TelegramWorld;
  phones: () => PhonesWorld;
  services: () => ShownServiceFault[];
};

/**
 * The route that reads everything that the page shows. It answers at once. If `after` has the `version` of an earlier
 * answer, it answers when there is something new, or when nothing has come for a while.
 */
export function worldRoutes({
  changes,
  clock,
  telegram,
  phones,
  services,
}: WorldDeps): DeviceRoutes {
  return {
    "GET /devices/api/world": async ({ rawQuery, gone }) => {
      const after = new URLSearchParams(rawQuery).get("after");
      if (after !== null && !/^\d{1,15}$/.test(after))
        return problem(400, "invalid_request", "`after` is the `version` of an earlier answer.");
      if (after !== null) await changes.after(Number(after), gone);
      return ok({
        version: changes.version(),
        now: new Date(clock.now()).toISOString(),
        telegram: telegram(),
        phones: phones(),
        services: services(),
      } satisfies World);
    },
  };
}
