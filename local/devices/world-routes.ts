import type { Clock } from "../clock/clock.ts";
import { ok } from "./api.ts";
import type { DeviceRoutes } from "./api.ts";
import type { News } from "./news.ts";
import { problem } from "./problem.ts";
import type { PhonesWorld, ShownServiceFault, TelegramWorld, World } from "./world.ts";

export type WorldDeps = {
  news: Pick<News, "version" | "after">;
  clock: Pick<Clock, "now">;
  telegram: () => TelegramWorld;
  phones: () => PhonesWorld;
  services: () => ShownServiceFault[];
};

/**
 * Everything at once: at once, or, given the `version` of an earlier answer as `after`, when there is something new, or
 * nothing has come for a while.
 */
export function worldRoutes({ news, clock, telegram, phones, services }: WorldDeps): DeviceRoutes {
  return {
    "GET /devices/api/world": async ({ rawQuery, gone }) => {
      const after = new URLSearchParams(rawQuery).get("after");
      if (after !== null && !/^\d{1,15}$/.test(after))
        return problem(400, "invalid_request", "`after` is the `version` of an earlier answer.");
      if (after !== null) await news.after(Number(after), gone);
      return ok({
        version: news.version(),
        now: new Date(clock.now()).toISOString(),
        telegram: telegram(),
        phones: phones(),
        services: services(),
      } satisfies World);
    },
  };
}
