import { priceOf } from "../../../lib/phone/prices.ts";
import type { PriceTable } from "../../../lib/phone/price-table.ts";
import { priceTable } from "../../../lib/phone/price-table.ts";
import type { Usage } from "./usage.ts";

/** The costs of a usage's calls, of its SMS, and of both (`sends`), in US dollars. */
export const sendCosts = (
  { calls, sms }: Pick<Usage, "calls" | "sms">,
  country: string,
  table: PriceTable = priceTable,
): { readonly calls: number; readonly sms: number; readonly sends: number } => {
  const callsUsd = (calls * priceOf(country, "call", table)) / 1e6;
  const smsUsd = (sms * priceOf(country, "sms", table)) / 1e6;
  return { calls: callsUsd, sms: smsUsd, sends: callsUsd + smsUsd };
};
