import type { Log } from "../../aws/lambda/log.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";
import { problem } from "../api/problem.ts";

/** The route that reads the functions' log lines after a given number. */
export function logRoutes(log: Log): DeviceRoutes {
  return {
    "GET /devices/api/log": ({ rawQuery }) => {
      const after = new URLSearchParams(rawQuery).get("after") ?? "0";
      return /^\d{1,15}$/.test(after)
        ? ok(log.since(Number(after)))
        : problem(400, "invalid_request", "`after` is the `next` of an earlier answer.");
    },
  };
}
