import type { Country } from "./phone-number.ts";
import { priceTable } from "./price-table.ts";

/** Millionths of a US dollar, whole ones, so that sums are exact. */
export type MicroUsd = number;

export type Channel = "call" | "sms";

export type PriceTable = {
  readonly countries: Readonly<Record<Country, Readonly<Record<Channel, MicroUsd>>>>;
  /** Every country that has no row of its own. */
  readonly others: Readonly<Record<Channel, MicroUsd>>;
};

/** What one call, or one SMS of whatever length we send, costs. Charged before it is sent. */
export const priceOf = (
  country: Country,
  channel: Channel,
  table: PriceTable = priceTable,
): MicroUsd =>
  (Object.hasOwn(table.countries, country) ? table.countries[country] : undefined)?.[channel] ??
  table.others[channel];
