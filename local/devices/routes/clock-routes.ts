import * as z from "zod/mini";
import type { Clock } from "../../aws/clock/clock.ts";
import { parseJson } from "../../aws/data/parse-json.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";
import { problem } from "../api/problem.ts";

/** Times are written with four digits of the year; a clock beyond them would break every reader. */
const LAST_MOMENT = Date.parse("9999-12-31T00:00:00Z");

const Advance = z.strictObject({ advanceSeconds: z.number().check(z.gte(0.001)) });

/** The routes that read the stack's clock and move it forward. */
export function clockRoutes(clock: Clock): DeviceRoutes {
  const now = () => ok({ now: new Date(clock.now()).toISOString() });
  return {
    "GET /devices/api/clock": now,
    "POST /devices/api/clock": async ({ body }) => {
      const input = Advance.safeParse(parseJson(body.toString()));
      if (!input.success)
        return problem(
          400,
          "invalid_request",
          'Send {"advanceSeconds": N} with N greater than zero.',
        );
      const milliseconds = Math.round(input.data.advanceSeconds * 1000);
      if (clock.now() + milliseconds > LAST_MOMENT)
        return problem(400, "invalid_request", "The clock ends with the year 9999.");
      await clock.advance(milliseconds);
      return now();
    },
  };
}
