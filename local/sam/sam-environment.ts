import type { Endpoints } from "../lambda/environment.ts";
import { endpointVariables } from "../lambda/environment.ts";
import type { FunctionPlan } from "../template/plan.ts";

/**
 * What `sam local … --env-vars` reads: by function, the value of each variable that the template declares. SAM passes no
 * others on, so where the AWS services are is said before the function loads, by the one variable that can do that.
 */
export const samEnvironment = (
  plans: readonly FunctionPlan[],
  endpoints: Endpoints,
): Readonly<Record<string, Readonly<Record<string, string>>>> => {
  const script = `Object.assign(process.env,${JSON.stringify(endpointVariables(endpoints))})`;
  // A module in an address: a container has no file of ours, and an option has no spaces.
  const load = `--import=data:text/javascript,${encodeURIComponent(script)}`;
  return Object.fromEntries(
    plans.map(({ name, environment }) => [
      name,
      { ...environment, NODE_OPTIONS: `${environment["NODE_OPTIONS"] ?? ""} ${load}`.trim() },
    ]),
  );
};
