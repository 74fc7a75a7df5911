import { Construct } from "constructs";
import { carrierApiRoots, defaultCarriers } from "../settings/carriers.ts";
import type { PhoneSettings } from "../settings/service-settings.ts";
import { apiRootParameter, formOf, parameter } from "./parameter.ts";

/** The deployer's choices about calls and SMS. */
export class PhoneParameters extends Construct implements PhoneSettings {
  /** Empty where phones are off. */
  readonly allowedCountries: string;
  readonly callCarriers: string;
  readonly smsSenderId: string;
  /** The address of each carrier's API, by the variable that tells it to a function. */
  readonly carrierApiRoots: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.allowedCountries = parameter(this, "AllowedCountries", {
      type: "String",
      default: "",
      description:
        "Countries whose phone numbers may be enrolled, comma separated ISO codes, or all; empty: phones are off",
      // Calls and SMS cost money, and some countries have numbers that exist to earn that money.
      ...formOf("countries"),
    }).valueAsString;

    this.callCarriers = parameter(this, "CallCarriers", {
      type: "String",
      default: defaultCarriers.join(","),
      description:
        "Who is asked to call, the first one first, then lists for single countries: ucaller;RU=smsru,ucaller",
      ...formOf("callCarriers"),
    }).valueAsString;

    this.smsSenderId = parameter(this, "SmsSenderId", {
      type: "String",
      default: "",
      description:
        "The name that an SMS shows as its sender, by country, where one is allowed: UA=Acme,KZ=Acme; or empty",
      ...formOf("smsSenderId"),
    }).valueAsString;

    this.carrierApiRoots = carrierApiRoots(
      (name, { title, apiRoot }) =>
        apiRootParameter(this, `${capitalized(name)}ApiRoot`, {
          default: apiRoot,
          description: `${title}'s API, or a proxy before it; no slash at the end`,
        }).valueAsString,
    );
  }
}

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
