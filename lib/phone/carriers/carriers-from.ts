import { setting, type Environment } from "../../settings/environment.ts";
import { carriersOf, readCredentials } from "./carrier-settings.ts";
import type { Carrier } from "./carrier.ts";
import { apiRootVariable, byCarrier } from "./carriers.ts";

/**
 * Makes a function's carriers from the text of the operator's secret and the addresses that the template gives. Throws
 * at once where an address is missing.
 */
export const carriersFrom = (
  env: Environment,
): ((credentials: string) => Readonly<Record<string, Carrier>>) => {
  const roots = byCarrier((name) => setting(env, apiRootVariable(name)));
  return (credentials) => carriersOf(readCredentials(credentials), roots);
};
