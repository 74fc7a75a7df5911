import type { Channel } from "../account/fallback.ts";
import type { Country } from "./phone-number.ts";

/** Millionths of a US dollar. They are whole numbers, so that sums are exact. */
export type MicroUsd = number;

export type PriceTable = {
  readonly countries: Readonly<Record<Country, Readonly<Record<Channel, MicroUsd>>>>;
  /** Every country that has no row of its own. */
  readonly others: Readonly<Record<Channel, MicroUsd>>;
};

/**
 * What calls and SMS are assumed to cost, for the daily amounts of money: in millionths of a US dollar, by country. The
 * row of `others` is for every other country.
 *
 * The figures are examples of November 2026, of the order of public price lists, and nobody's offer. An operator
 * replaces them by the prices of their own contracts. If a price is too low, sends pass the amounts before anything
 * stops them; if it is too high, sends stop early. The price of an SMS is that of the whole text, which may take two
 * segments.
 */
export const priceTable: PriceTable = {
  countries: {
    BY: { call: 30_000, sms: 260_000 },
    DE: { call: 25_000, sms: 220_000 },
    GB: { call: 20_000, sms: 90_000 },
    GE: { call: 30_000, sms: 200_000 },
    KZ: { call: 15_000, sms: 260_000 },
    MD: { call: 30_000, sms: 160_000 },
    PL: { call: 20_000, sms: 80_000 },
    RU: { call: 10_000, sms: 120_000 },
    UA: { call: 20_000, sms: 240_000 },
    US: { call: 10_000, sms: 20_000 },
  },
  others: { call: 50_000, sms: 400_000 },
};
