import { accessKeyOf } from "../access/guard.ts";
import { hang } from "../http/hang.ts";
import type { LoopbackHandler } from "../http/loopback.ts";
import type { GatewayRequest } from "../http/request.ts";
import { HANG_UP } from "../http/server.ts";
import { faultAnswer } from "./fault-answers.ts";
import { SLOW_MS } from "./service-faults.ts";
import type { Service, ServiceFaults } from "./service-faults.ts";

/** `setTimeout` cannot wait longer, and no client waits this long. */
const FOR_EVER_MS = 2 ** 31 - 1;

/**
 * Makes a service fail as planned, but only for functions: `callers` are their access keys. The stack's own clients and
 * the operator's have another key, so that sweeping and seeding go on.
 */
export const withFaults =
  (callers: ReadonlySet<string>, faults: Pick<ServiceFaults, "take">) =>
  (
    service: Service,
    operationOf: (request: GatewayRequest) => string,
    handle: LoopbackHandler,
  ): LoopbackHandler =>
  async (request, gone) => {
    const isFunction = callers.has(accessKeyOf(request.headers["authorization"]));
    const mode = isFunction ? faults.take(service, operationOf(request)) : undefined;
    switch (mode) {
      case undefined:
        return handle(request, gone);
      case "error":
      case "throttle":
        return faultAnswer(service, mode);
      case "hang":
        await hang(FOR_EVER_MS, gone);
        return HANG_UP;
      case "lost_answer":
        await handle(request, gone);
        return HANG_UP;
      case "slow": {
        const answer = await handle(request, gone);
        await hang(SLOW_MS, gone);
        return answer;
      }
    }
  };
