import type * as z from "zod/mini";
import type { CarrierEntry } from "./carrier-entry.ts";
import { smsru } from "./smsru/smsru.ts";
import { telnyx } from "./telnyx/telnyx.ts";
import { ucaller } from "./ucaller/ucaller.ts";

/**
 * The one list of carriers: a carrier is a folder here and a line in this list. A name is small letters and digits,
 * because it stands in paths, settings and variables. This list determines the secret's form, the deployer's
 * settings, the functions' variables and who may call back.
 */
const list = {
  ucaller,
  smsru,
  telnyx,
};

export type CarrierName = keyof typeof list;

/** Our credentials at each carrier. */
export type CredentialsBy = {
  readonly [Name in CarrierName]: z.output<(typeof list)[Name]["credentials"]>;
};

/** The type makes this line an error if an entry lacks a part, or has a part of another carrier. */
export const carriers: {
  readonly [Name in CarrierName]: CarrierEntry<Name, CredentialsBy[Name]>;
} = list;

/** Also takes a name that comes from outside. */
export const isCarrierName = (name: string): name is CarrierName => Object.hasOwn(carriers, name);

export const carrierNames: readonly CarrierName[] = Object.keys(carriers).filter(isCarrierName);

/** Makes something for each carrier, by its name. */
export const byCarrier = <Value>(
  make: (name: CarrierName) => Value,
): Readonly<Record<CarrierName, Value>> =>
  // The type of `fromEntries` loses the names; all of them are there.
  Object.fromEntries(carrierNames.map((name) => [name, make(name)])) as Record<CarrierName, Value>;

/** The variable that tells a function where a carrier's API is. */
export const apiRootVariable = (name: CarrierName): string => `${name.toUpperCase()}_API_ROOT`;
