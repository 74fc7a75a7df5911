import type * as z from "zod/mini";
import type { CarrierEntry } from "./carrier-entry.ts";
import { smsru } from "./smsru/smsru.ts";
import { telnyx } from "./telnyx/telnyx.ts";
import { ucaller } from "./ucaller/ucaller.ts";

/**
 * The one list of carriers: a carrier is a folder here and a line in this list. A name is small letters and digits: it
 * stands in paths, parameters and variables. The secret's form, the template's parameters, the functions' variables,
 * what `CallCarriers` may say and who may call back are all made of this list.
 */
const list = {
  ucaller,
  smsru,
  telnyx,
};

export type CarrierName = keyof typeof list;

/** What each carrier knows us by. */
export type CredentialsBy = {
  readonly [Name in CarrierName]: z.output<(typeof list)[Name]["credentials"]>;
};

/** The type makes an entry that lacks a part, or that has a part of another carrier, an error of this line. */
export const carriers: {
  readonly [Name in CarrierName]: CarrierEntry<Name, CredentialsBy[Name]>;
} = list;

/** Also for a name that comes from outside. */
export const isCarrierName = (name: string): name is CarrierName => Object.hasOwn(carriers, name);

export const carrierNames: readonly CarrierName[] = Object.keys(carriers).filter(isCarrierName);

/** Something for each carrier, by its name. */
export const byCarrier = <Value>(
  make: (name: CarrierName) => Value,
): Readonly<Record<CarrierName, Value>> =>
  // `fromEntries` forgets the names; all of them are there.
  Object.fromEntries(carrierNames.map((name) => [name, make(name)])) as Record<CarrierName, Value>;

/** The variable that tells a function where a carrier's API is. */
export const apiRootVariable = (name: CarrierName): string => `${name.toUpperCase()}_API_ROOT`;
