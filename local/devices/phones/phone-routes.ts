import * as z from "zod/mini";
import { parseJson } from "../../aws/data/parse-json.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";
import { problem } from "../api/problem.ts";
import { PhoneFaults } from "./phone-faults.ts";
import { callState, reachesPhone } from "./phone-state.ts";
import type { Phones } from "./phones.ts";

/** The routes that show a phone and that plan the faults of calls and SMS. */
export function phoneRoutes({ state, faults, now }: Phones): DeviceRoutes {
  return {
    "GET /devices/api/phones/{number}": ({ pathParameters }) => {
      const number = readNumber(pathParameters["number"] ?? "");
      if (number === undefined)
        return problem(400, "invalid_request", "A number is written like +380501234542.");
      const calls = state.calls.filter((call) => call.number === number && reachesPhone(call));
      const sms = state.sms.filter((each) => each.number === number && !each.lost);
      return ok({
        calls: calls.map((call) => ({
          id: String(call.id),
          from: call.from,
          at: new Date(call.at).toISOString(),
          state: callState(call, now()),
        })),
        sms: sms.map(({ from, text, at }) => ({ from, text, at: new Date(at).toISOString() })),
      });
    },

    "POST /devices/api/phones/faults": ({ body }) => {
      const input = PhoneFaults.safeParse(parseJson(body.toString()));
      if (!input.success) return problem(400, "invalid_request", z.prettifyError(input.error));
      faults.plan(input.data);
      return { ...ok({}), status: 202 };
    },
  };
}

/** Reads a number as people write it. A plus that was not escaped in a URL may have become a space. */
function readNumber(text: string): string | undefined {
  const digits = text.replace(/[\s().-]/g, "").replace(/^\+/, "");
  return /^[1-9]\d{4,14}$/.test(digits) ? `+${digits}` : undefined;
}
