import type { Services } from "../../lib/account/services.ts";
import { gatewayAddress } from "../../lib/http/caller-address.ts";
import { answeringServices, type DecidingHttpServices } from "../../lib/http/http-services.ts";
import type { Table } from "../../lib/runtime/dynamo-table.ts";
import type { Reach } from "../../lib/runtime/run-decision.ts";
import { decidingServices } from "../../lib/runtime/services.ts";

/** The services of the functions and the services that their decisions reach, for tests that compose both. */
export type TestServices = DecidingHttpServices & Reach;

/** The services of all functions together, over one table. */
export const servicesOn = (
  given: Services,
  table: Table,
  reach: Reach,
  allowedOrigins: readonly string[] = [],
): TestServices => ({
  ...answeringServices({ allowedOrigins, callerAddress: gatewayAddress }, (background) =>
    decidingServices(given, table, reach, background),
  ),
  ...reach,
});
