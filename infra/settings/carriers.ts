import {
  apiRootVariable,
  byCarrier,
  carrierNames,
  carriers,
} from "../../lib/phone/carriers/carriers.ts";
import type { CarrierName } from "../../lib/phone/carriers/carriers.ts";

/** Who is asked to call where nobody else is named. */
export const defaultCarriers: readonly CarrierName[] = ["ucaller"];

type Described = Pick<(typeof carriers)[CarrierName], "title" | "apiRoot">;

/** Where each carrier's API is, by the variable that tells a function so. */
export const carrierApiRoots = (
  rootOf: (name: CarrierName, carrier: Described) => string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    carrierNames.map((name) => [apiRootVariable(name), rootOf(name, carriers[name])]),
  );

/** The secret of an operator who has a contract with every carrier, to be filled in. */
export const emptyCredentials = (): string =>
  JSON.stringify(
    byCarrier((name) =>
      Object.fromEntries(Object.keys(carriers[name].credentials.shape).map((field) => [field, ""])),
    ),
  );
