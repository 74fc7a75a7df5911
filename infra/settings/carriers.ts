import {
  apiRootVariable,
  byCarrier,
  carrierNames,
  carriers,
} from "../../lib/phone/carriers/carriers.ts";
import type { CarrierName } from "../../lib/phone/carriers/carriers.ts";

/** The carriers that place calls where no others are named. */
export const defaultCarriers: readonly CarrierName[] = ["ucaller"];

type Described = Pick<(typeof carriers)[CarrierName], "title" | "apiRoot">;

/** The address of each carrier's API, by the variable that tells it to a function. */
export const carrierApiRoots = (
  rootOf: (name: CarrierName, carrier: Described) => string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    carrierNames.map((name) => [apiRootVariable(name), rootOf(name, carriers[name])]),
  );

/**
 * The secret's text for an operator who has a contract with every carrier: all fields are empty, for the operator to
 * fill in.
 */
export const emptyCredentials = (): string =>
  JSON.stringify(
    byCarrier((name) =>
      Object.fromEntries(Object.keys(carriers[name].credentials.shape).map((field) => [field, ""])),
    ),
  );
