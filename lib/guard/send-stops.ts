/**
 * Where the operator has stopped calls and SMS for now: everywhere, or to the numbers of single countries. The other
 * methods of the second step go on.
 */
export type SendStops = {
  /** The service asks this before each send, so that a stop works from the next send on. */
  isStopped(country: string): Promise<boolean>;
};

export const everywhere = "all";

/** ISO 3166-1 codes, or `everywhere`. */
export type StoppedPlaces = ReadonlySet<string>;

export const isStoppedAt = (places: StoppedPlaces, country: string): boolean =>
  places.has(everywhere) || places.has(country);
