import type { Context } from "aws-lambda";
import type { Table } from "../../../lib/runtime/dynamo-table.ts";
import type { TestServices } from "../../../test/support/services.ts";
import { browserRoutes, hostRoutes } from "../../../infra/settings/routes.ts";
import { browserOf, replyOf } from "../../../test/support/service-browser.ts";
import { receive, type HttpRequest } from "../../../test/support/service-gateway.ts";
import { everyRoute, fixedKeys } from "../../../test/support/service-routes.ts";
import { answerBytes } from "./answer-bytes.ts";
import type { Meter } from "./meter.ts";

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const functionOf = new Map(
  [...browserRoutes, ...hostRoutes].map(([method, path, name]) => [`${method} ${path}`, name]),
);

/** The HTTP API. Each request is an invocation of the function that answers its route. */
export const meteredApi = (meter: Meter, services: TestServices, table: Table) => {
  const handler = everyRoute(services, table, fixedKeys);
  const deliver = async (request: HttpRequest) => {
    // The request id is as long as one of the gateway's.
    const { contract, event } = receive(request, "Bn2pPgY8FiAEPsA=", services.now());
    const { routeKey } = event;
    const name = functionOf.get(routeKey);
    if (!name) throw new Error(`No function answers ${routeKey}.`);
    const context = { getRemainingTimeInMillis: () => 10_000 } as Context;
    const { result, invocation } = await meter.invoke(
      name,
      () => handler(event, context),
      routeKey,
    );
    invocation.answerBytes = answerBytes(result);
    return replyOf(result, { calls: [], contract });
  };
  return {
    browser: () => browserOf(deliver, "203.0.113.207", { "user-agent": firefox }),
    host: browserOf(deliver, "192.0.2.1", { "user-agent": "host/1.0" }),
  };
};
