import { carriersFrom } from "../lib/phone/carriers/carriers-from.ts";
import type { Carrier } from "../lib/phone/carriers/carrier.ts";
import { checkCodeWith, type CheckCode } from "../lib/phone/carriers/check-code.ts";
import type { Part } from "./create-services.ts";
import { secret } from "./secrets.ts";

/** The carriers that the operator's secret has credentials for, by name. */
export const carriers: Part<() => Promise<Readonly<Record<string, Carrier>>>> = (services) =>
  secret("CARRIER_CREDENTIALS_SECRET_ID", carriersFrom(process.env))(services).get;

/** Asks carriers about the codes that only they know. */
export const codeCheck: Part<CheckCode> = (services) => checkCodeWith(carriers(services));
