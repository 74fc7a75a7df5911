import { setting, type Environment } from "../http/environment.ts";
import { carriersOf, readCredentials } from "./carrier-settings.ts";
import type { Carrier } from "./carriers/carrier.ts";

/** The carriers of a function: made once, of the operator's secret and the addresses that the template gives. */
export const carriersFrom = (
  env: Environment,
  credentials: () => Promise<string>,
): (() => Promise<Readonly<Record<string, Carrier>>>) => {
  const roots = {
    ucaller: setting(env, "UCALLER_API_ROOT"),
    smsru: setting(env, "SMSRU_API_ROOT"),
    telnyx: setting(env, "TELNYX_API_ROOT"),
  };
  let carriers: Readonly<Record<string, Carrier>> | undefined;
  return async () => (carriers ??= carriersOf(readCredentials(await credentials()), roots));
};
