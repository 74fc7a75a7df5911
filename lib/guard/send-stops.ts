/**
 * Where calls and SMS are stopped for now, by hand: everywhere, or to the numbers of single countries. The other
 * methods of a second step go on.
 */
export type SendStops = {
  /** Asked before each send, so that a stop counts from the next one on. */
  isStopped(country: string): Promise<boolean>;
};

export const everywhere = "all";

/** ISO 3166-1 codes, or `everywhere`. */
export type StoppedPlaces = ReadonlySet<string>;

export const isStoppedAt = (places: StoppedPlaces, country: string): boolean =>
  places.has(everywhere) || places.has(country);
