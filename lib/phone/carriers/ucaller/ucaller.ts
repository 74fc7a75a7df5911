import * as z from "zod/mini";
import type { CarrierEntry } from "../carrier-entry.ts";
import { ucallerCarrier, type UcallerCredentials } from "./ucaller-carrier.ts";

export const ucaller: CarrierEntry<"ucaller", UcallerCredentials> = {
  title: "uCaller",
  apiRoot: "https://api.ucaller.ru",
  credentials: z.object({ key: z.string(), serviceId: z.string() }),
  make: ucallerCarrier,
  callback: null,
};
