import type { Channel } from "../account/fallback.ts";
import type { Country } from "./phone-number.ts";
import { priceTable, type MicroUsd, type PriceTable } from "./price-table.ts";

/** The cost of one call, or of one SMS of any length that we send. It is reserved before the send. */
export const priceOf = (
  country: Country,
  channel: Channel,
  table: PriceTable = priceTable,
): MicroUsd =>
  (Object.hasOwn(table.countries, country) ? table.countries[country] : undefined)?.[channel] ??
  table.others[channel];
