import type { Services } from "../../lib/account/services.ts";
import { gatewayAddress } from "../../lib/http/caller-address.ts";
import { answeringServices, type DecidingHttpServices } from "../../lib/http/http-services.ts";
import type { Table } from "../../lib/runtime/dynamo-table.ts";
import type { Reach } from "../../lib/runtime/run-decision.ts";
import { decidingServices } from "../../lib/runtime/services.ts";

/** What the functions work with, and what their decisions reach, for tests that put both together. */
export type TestServices = DecidingHttpServices & Reach;

/** The services of every function at once, over one table. */
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
