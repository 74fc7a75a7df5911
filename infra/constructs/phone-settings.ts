import { Construct } from "constructs";
import { apiRootParameter, parameter } from "./parameter.ts";

/** Those that there are adapters for. A name that nobody knows would be passed over in silence. */
const carriers = "(ucaller|smsru|telnyx)";
const carrierList = `${carriers}(,${carriers})*`;

/** A country and the name that its SMS come from, `UA=Acme`. */
const senderId = "[A-Z]{2}=[A-Za-z][A-Za-z0-9-]{0,10}";

/** What whoever deploys decides about calls and SMS. */
export class PhoneSettings extends Construct {
  /** Empty where phones are off. */
  readonly allowedCountries: string;
  readonly callCarriers: string;
  readonly smsSenderId: string;
  /** Where each carrier's API is, by the variable that says so. */
  readonly carrierApiRoots: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.allowedCountries = parameter(this, "AllowedCountries", {
      type: "String",
      default: "",
      description:
        "Countries whose phone numbers may be enrolled, comma separated ISO codes, or all; empty: phones are off",
      // Calls and SMS cost money, and some countries' numbers are there to earn it.
      allowedPattern: "^(all|[A-Z]{2}(,[A-Z]{2})*)?$",
      constraintDescription: "must be codes such as UA,PL without spaces, or all, or empty",
    }).valueAsString;

    this.callCarriers = parameter(this, "CallCarriers", {
      type: "String",
      default: "ucaller",
      description:
        "Who is asked to call, the first one first, then lists for single countries: ucaller;RU=smsru,ucaller",
      allowedPattern: `^${carrierList}(;[A-Z]{2}=${carrierList})*$`,
      constraintDescription:
        "must be lists such as ucaller;RU=smsru,ucaller of ucaller, smsru and telnyx",
    }).valueAsString;

    this.smsSenderId = parameter(this, "SmsSenderId", {
      type: "String",
      default: "",
      description:
        "The name that an SMS shows as its sender, by country, where one is allowed: UA=Acme,KZ=Acme; or empty",
      allowedPattern: `^(${senderId}(,${senderId})*)?$`,
      constraintDescription:
        "must be countries and names, UA=Acme,KZ=Acme: up to 11 letters, digits and hyphens, the first a letter; or empty",
    }).valueAsString;

    this.carrierApiRoots = {
      UCALLER_API_ROOT: apiRootParameter(this, "UcallerApiRoot", {
        default: "https://api.ucaller.ru",
        description: "uCaller's API, or a proxy before it; no slash at the end",
      }).valueAsString,
      SMSRU_API_ROOT: apiRootParameter(this, "SmsruApiRoot", {
        default: "https://sms.ru",
        description: "SMS.RU's API, or a proxy before it; no slash at the end",
      }).valueAsString,
      TELNYX_API_ROOT: apiRootParameter(this, "TelnyxApiRoot", {
        default: "https://api.telnyx.com",
        description: "Telnyx's API, or a proxy before it; no slash at the end",
      }).valueAsString,
    };
  }
}
