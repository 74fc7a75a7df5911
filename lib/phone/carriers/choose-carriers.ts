import type { Country } from "../phone-number.ts";
import type { Carrier } from "./carrier.ts";

/** Which carriers call where, the first one first. An empty list: no calls there, the fallback begins with an SMS. */
export type CarrierChoice<Name extends string = string> = {
  readonly countries: Readonly<Record<Country, readonly Name[]>>;
  /** Every country that has no list of its own. */
  readonly others: readonly Name[];
};

/**
 * The carriers to try for a number of that country, in order. It leaves out a name that is not among `carriers`,
 * because the deployment has no credentials for it; see `withoutCredentials`.
 */
export const chooseCarriers = <Name extends string>(
  country: Country,
  { countries, others }: CarrierChoice<Name>,
  carriers: Readonly<Partial<Record<Name, Carrier>>>,
): readonly Carrier[] => {
  const own = Object.hasOwn(countries, country) ? countries[country] : undefined;
  return [...new Set(own ?? others)].flatMap((name) =>
    Object.hasOwn(carriers, name) ? (carriers[name] ?? []) : [],
  );
};

/** Names that the choice has for any country and that are not among `carriers`. These carriers place no calls. */
export const withoutCredentials = <Name extends string>(
  { countries, others }: CarrierChoice<Name>,
  carriers: Readonly<Partial<Record<Name, Carrier>>>,
): readonly Name[] =>
  [...new Set([others, ...Object.values(countries)].flat())].filter(
    (name) => !Object.hasOwn(carriers, name),
  );
