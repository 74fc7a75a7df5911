import * as z from "zod/mini";
import type { Carrier } from "./carrier.ts";
import {
  carrierNames,
  carriers,
  isCarrierName,
  type CarrierName,
  type CredentialsBy,
} from "./carriers.ts";
import type { CarrierChoice } from "./choose-carriers.ts";

/** The secret that the operator fills in: an entry for each carrier that there is a contract with. */
export type CarrierCredentials = Readonly<Partial<CredentialsBy>>;

const Entries = z.record(z.string(), z.unknown());

/**
 * Without credentials there are no carriers: the fallback then begins with an SMS. Throws on a text that is not such a
 * secret. Skips an entry whose name is not a carrier's: it may belong to a newer version of this service.
 */
export const readCredentials = (secret: string): CarrierCredentials => {
  const entries = secret.startsWith("unset-") ? {} : Entries.parse(JSON.parse(secret));
  const found: { -readonly [Name in CarrierName]?: CredentialsBy[Name] } = {};
  const keep = <Name extends CarrierName>(name: Name, own: CredentialsBy[Name]) => {
    found[name] = own;
  };
  for (const name of carrierNames) {
    if (Object.hasOwn(entries, name)) keep(name, carriers[name].credentials.parse(entries[name]));
  }
  return found;
};

export type CarrierRoots = Readonly<Record<CarrierName, string>>;

/** Every carrier that has credentials, by name. */
export const carriersOf = (
  credentials: CarrierCredentials,
  roots: CarrierRoots,
): Readonly<Record<string, Carrier>> => {
  const make = <Name extends CarrierName>(name: Name): Carrier<Name> | undefined => {
    const own = credentials[name];
    return own && carriers[name].make({ credentials: own, baseUrl: roots[name] });
  };
  return Object.fromEntries(
    carrierNames.flatMap((name) => {
      const carrier = make(name);
      return carrier ? [[name, carrier]] : [];
    }),
  );
};

/**
 * `ucaller;RU=smsru,ucaller`: names in order, first for every country, then for single ones. Throws for a name that is
 * not a carrier's, for a text that is not a country, and for two lists of the same country: a typing mistake must not
 * make every call an SMS.
 */
export const readCarrierChoice = (text: string): CarrierChoice<CarrierName> => {
  const lists = text
    .split(";")
    .filter((part) => part.trim() !== "")
    .map(readList);
  const ofCountry = (wanted: string | null) => lists.filter(({ country }) => country === wanted);
  const twice = lists.find(({ country }) => ofCountry(country).length > 1);
  if (twice) throw new Error(`CALL_CARRIERS has two lists for ${twice.country ?? "all others"}.`);
  return {
    others: ofCountry(null)[0]?.carriers ?? [],
    countries: Object.fromEntries(
      lists.flatMap(({ country, carriers }) => (country === null ? [] : [[country, carriers]])),
    ),
  };
};

/** `country` is null for the list of every country that has none of its own. */
const readList = (
  part: string,
): { readonly country: string | null; readonly carriers: readonly CarrierName[] } => {
  const [left = "", right] = part.split("=");
  if (right === undefined) return { country: null, carriers: names(left).map(carrierNamed) };
  const country = left.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) {
    throw new Error(`CALL_CARRIERS has a list for ${JSON.stringify(left)}, which is no country.`);
  }
  return { country, carriers: names(right).map(carrierNamed) };
};

const carrierNamed = (name: string): CarrierName => {
  if (isCarrierName(name)) return name;
  throw new Error(
    `CALL_CARRIERS names ${JSON.stringify(name)}; there are ${carrierNames.join(", ")}.`,
  );
};

const names = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
