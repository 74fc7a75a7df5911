import { setting, type Environment } from "../../settings/environment.ts";
import { carriersOf, readCredentials } from "./carrier-settings.ts";
import type { Carrier } from "./carrier.ts";

/** Makes the carriers of a function of the text of the operator's secret, with the addresses that the template gives. */
export const carriersFrom = (
  env: Environment,
): ((credentials: string) => Readonly<Record<string, Carrier>>) => {
  const roots = {
    ucaller: setting(env, "UCALLER_API_ROOT"),
    smsru: setting(env, "SMSRU_API_ROOT"),
    telnyx: setting(env, "TELNYX_API_ROOT"),
  };
  return (credentials) => carriersOf(readCredentials(credentials), roots);
};
