import * as z from "zod/mini";
import { parseJson } from "../../aws/data/parse-json.ts";
import { ServiceFault } from "../../aws/faults/service-faults.ts";
import type { ServiceFaults } from "../../aws/faults/service-faults.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";
import { problem } from "../api/problem.ts";

/** The routes that plan faults of the AWS services, show those that are still to come, and call them off. */
export function faultRoutes({ plan, pending, clear }: ServiceFaults): DeviceRoutes {
  return {
    "GET /devices/api/faults/services": () => ok({ faults: pending() }),
    "POST /devices/api/faults/services": ({ body }) => {
      const input = ServiceFault.safeParse(parseJson(body.toString()));
      if (!input.success) return problem(400, "invalid_request", z.prettifyError(input.error));
      plan(input.data);
      return { ...ok({ faults: pending() }), status: 202 };
    },
    "DELETE /devices/api/faults/services": () => {
      clear();
      return ok({ faults: [] });
    },
  };
}
