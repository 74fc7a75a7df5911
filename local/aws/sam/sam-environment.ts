import { endpointVariables, roleVariables } from "../lambda/environment.ts";
import type { Endpoints } from "../lambda/environment.ts";
import type { FunctionPlan } from "../plan/plan.ts";

/** Where the services of AWS are, and whatever else on this machine functions are told of by the template. */
type Reachable = Endpoints & Readonly<Record<string, string>>;

export type SamEnvironment = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * What `sam local … --env-vars` reads: by function, the value of each variable that the template declares. SAM passes no
 * others on, so where the AWS services are is said before the function loads, by the one variable that can do that.
 * `host` is this machine as a container sees it.
 */
export const samEnvironment = (
  plans: readonly FunctionPlan[],
  endpoints: Reachable,
  host: string,
): SamEnvironment => {
  const fromContainer = seenFrom(host, endpoints);
  const load = (plan: FunctionPlan): string => {
    const variables = {
      ...endpointVariables(endpoints),
      ...roleVariables(plan),
      // The images have a time zone that the log's formatter does not know, and says so at every start.
      TZ: "UTC",
    };
    const script = `Object.assign(process.env,${JSON.stringify(variables)})`;
    // A module in an address: a container has no file of ours, and an option has no spaces.
    return `--import=data:text/javascript,${encodeURIComponent(fromContainer(script))}`;
  };
  return Object.fromEntries(
    plans.map((plan) => [
      plan.name,
      Object.fromEntries(
        Object.entries({
          ...plan.environment,
          NODE_OPTIONS: `${plan.environment["NODE_OPTIONS"] ?? ""} ${load(plan)}`.trim(),
        }).map(([variable, value]) => [variable, fromContainer(value)]),
      ),
    ]),
  );
};

/** The ports of 127.0.0.1 that functions call. */
export const portsOf = (endpoints: Reachable): readonly string[] =>
  Object.values(endpoints).flatMap((each) => {
    const { hostname, port } = new URL(each);
    return hostname === "127.0.0.1" ? [port] : [];
  });

/** Only what functions call: pages and links are for a browser of this machine. */
const seenFrom = (host: string, endpoints: Reachable): ((text: string) => string) => {
  const address = new RegExp(`127\\.0\\.0\\.1:(?=(?:${portsOf(endpoints).join("|")})(?!\\d))`, "g");
  return (text) => text.replace(address, `${host}:`);
};
