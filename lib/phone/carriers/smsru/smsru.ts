import * as z from "zod/mini";
import type { CarrierEntry } from "../carrier-entry.ts";
import { smsruCarrier, type SmsruCredentials } from "./smsru-carrier.ts";

export const smsru: CarrierEntry<"smsru", SmsruCredentials> = {
  title: "SMS.RU",
  apiRoot: "https://sms.ru",
  credentials: z.object({ apiId: z.string() }),
  make: smsruCarrier,
  callback: null,
};
