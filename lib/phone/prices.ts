import type { Channel } from "../account/fallback.ts";
import type { Country } from "./phone-number.ts";
import { priceTable, type MicroUsd, type PriceTable } from "./price-table.ts";

/** What one call, or one SMS of whatever length we send, costs. Reserved before it is sent. */
export const priceOf = (
  country: Country,
  channel: Channel,
  table: PriceTable = priceTable,
): MicroUsd =>
  (Object.hasOwn(table.countries, country) ? table.countries[country] : undefined)?.[channel] ??
  table.others[channel];
