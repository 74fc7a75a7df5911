import { endpointVariables, roleVariables } from "../lambda/environment.ts";
import type { Endpoints } from "../lambda/environment.ts";
import type { FunctionPlan } from "../plan/plan.ts";

/** The addresses of AWS's services, and of all else on this machine that the template names to functions. */
type Reachable = Endpoints & Readonly<Record<string, string>>;

export type SamEnvironment = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Makes the content of the file for `sam local … --env-vars`: for each function, the value of each variable that the
 * template declares. SAM passes no other variables on, so `NODE_OPTIONS` loads a module that sets the addresses of
 * AWS's services before the function loads. `host` is this machine as a container sees it.
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
      // The log's formatter does not know the images' time zone, and says so at every start.
      TZ: "UTC",
    };
    const script = `Object.assign(process.env,${JSON.stringify(variables)})`;
    // The module is in a data URL: a container has none of our files, and an option must not contain spaces.
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

/** Replaces only the addresses that functions call. Pages and links are for a browser on this machine. */
const seenFrom = (host: string, endpoints: Reachable): ((text: string) => string) => {
  const address = new RegExp(`127\\.0\\.0\\.1:(?=(?:${portsOf(endpoints).join("|")})(?!\\d))`, "g");
  return (text) => text.replace(address, `${host}:`);
};
