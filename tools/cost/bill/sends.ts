import { priceOf } from "../../../lib/phone/prices.ts";
import type { PriceTable } from "../../../lib/phone/price-table.ts";
import { priceTable } from "../../../lib/phone/price-table.ts";
import type { Usage } from "./usage.ts";

/** What the calls and SMS of something cost, in US dollars: all of them, and the SMS alone. */
export const sendCosts = (
  { calls, sms }: Pick<Usage, "calls" | "sms">,
  country: string,
  table: PriceTable = priceTable,
): { readonly calls: number; readonly sms: number; readonly sends: number } => {
  const callsUsd = (calls * priceOf(country, "call", table)) / 1e6;
  const smsUsd = (sms * priceOf(country, "sms", table)) / 1e6;
  return { calls: callsUsd, sms: smsUsd, sends: callsUsd + smsUsd };
};
