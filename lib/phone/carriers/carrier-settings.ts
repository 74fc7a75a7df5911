import * as z from "zod/mini";
import type { CarrierChoice } from "./choose-carriers.ts";
import type { Carrier } from "./carrier.ts";
import { smsruCarrier } from "./smsru/smsru-carrier.ts";
import { telnyxCarrier } from "./telnyx/telnyx-carrier.ts";
import { ucallerCarrier } from "./ucaller/ucaller-carrier.ts";

/** The secret that the operator fills: an entry for each carrier that there is a contract with. */
const Credentials = z.object({
  ucaller: z.optional(z.object({ key: z.string(), serviceId: z.string() })),
  smsru: z.optional(z.object({ apiId: z.string() })),
  telnyx: z.optional(
    z.object({ apiKey: z.string(), verifyProfileId: z.string(), publicKey: z.string() }),
  ),
});

export type CarrierCredentials = z.infer<typeof Credentials>;

/** No credentials yet is no carriers: the fallback then begins with an SMS. Throws on what is no such secret. */
export const readCredentials = (secret: string): CarrierCredentials =>
  secret.startsWith("unset-") ? {} : Credentials.parse(JSON.parse(secret));

export type CarrierRoots = {
  readonly ucaller: string;
  readonly smsru: string;
  readonly telnyx: string;
};

/** Every carrier that there are credentials for, by name. */
export const carriersOf = (
  { ucaller, smsru, telnyx }: CarrierCredentials,
  roots: CarrierRoots,
): Readonly<Record<string, Carrier>> => ({
  ...(ucaller && { ucaller: ucallerCarrier({ credentials: ucaller, baseUrl: roots.ucaller }) }),
  ...(smsru && { smsru: smsruCarrier({ credentials: smsru, baseUrl: roots.smsru }) }),
  ...(telnyx && { telnyx: telnyxCarrier({ credentials: telnyx, baseUrl: roots.telnyx }) }),
});

/** `ucaller;RU=smsru,ucaller`: names in order, first for every country, then for single ones. */
export const readCarrierChoice = (text: string): CarrierChoice => {
  const lists = text.split(";").map((part) => part.trim());
  const named = lists.filter((part) => part.includes("="));
  const others = lists.find((part) => part !== "" && !part.includes("=")) ?? "";
  return {
    others: names(others),
    countries: Object.fromEntries(
      named.map((part) => {
        const [country = "", list = ""] = part.split("=");
        return [country.trim().toUpperCase(), names(list)];
      }),
    ),
  };
};

/** `UA=Acme,KZ=Acme`: what is shown as the sender of SMS, in countries where a name may be. */
export const readSenderIds = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names(text).map((part) => {
      const [country = "", name = ""] = part.split("=");
      return [country.trim().toUpperCase(), name.trim()];
    }),
  );

const names = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
