import { prices, costOf } from "../bill/prices.ts";
import { awsCostOf, type Usage } from "../bill/usage.ts";
import type { Deployed } from "../deployed/deployed.ts";

const signInRoute = "POST /v1/sign-in";

/** The requests a second that the throttles let through to the sign-in route. */
export const floodRate = ({
  stageRate,
  routeRates,
}: Pick<Deployed, "stageRate" | "routeRates">): number =>
  Math.min(stageRate, routeRates[signInRoute] ?? stageRate);

/** What a day of wrong passwords costs at most, in US dollars. `one` is the usage of one wrong password. */
export const floodCost = (
  deployed: Pick<Deployed, "stageRate" | "routeRates">,
  one: Usage,
): number => floodRate(deployed) * 86_400 * awsCostOf(one);

/** What CloudFront bills for a million requests, also for those that a throttle refuses, in US dollars. */
export const refusedMillion = costOf(1e6, prices.edgeRequests);
