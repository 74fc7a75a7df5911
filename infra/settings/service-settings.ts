import { Token } from "aws-cdk-lib";
import { carrierNames, isCarrierName } from "../../lib/phone/carriers/carriers.ts";
import { carrierApiRoots, defaultCarriers } from "./carriers.ts";
import type { TwostepServiceProps } from "./twostep-props.ts";

/** The deployer's choices, in the form that functions get them. Values may be tokens (a template's parameters). */
export type ServiceSettings = {
  readonly allowedOrigins: string[];
  /** The same, comma separated. */
  readonly allowedOriginsText: string;
  readonly serviceName: string;
  /** Empty where Telegram is off. */
  readonly telegramBotUsername: string;
  readonly telegramApiRoot: string;
  readonly phone: PhoneSettings;
  /** Returns the page that takes a host's challenges: the one that the deployer named, or else `otherwise`. */
  readonly signInUrlOr: (otherwise: string) => string;
};

export type PhoneSettings = {
  /** Empty where phones are off. */
  readonly allowedCountries: string;
  readonly callCarriers: string;
  readonly smsSenderId: string;
  /** The address of each carrier's API, by the variable that tells it to a function. */
  readonly carrierApiRoots: Readonly<Record<string, string>>;
};

const carriers = `(${carrierNames.join("|")})`;
const carrierList = `${carriers}(,${carriers})*`;
/** A country and the name that its SMS come from, `UA=Acme`. */
const senderId = "[A-Z]{2}=[A-Za-z][A-Za-z0-9-]{0,10}";
const address = String.raw`(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?`;

/** The form of each setting, and the text for a value of another form. */
export const forms = {
  // Cookies travel with these calls: no wildcard, no path, and plain http only on the deployer's own machine.
  origin: [`^${address}$`, "must be origins such as https://panel.example.com, without a path"],
  // The username is part of the links that users follow.
  botUsername: [
    "^([A-Za-z][A-Za-z0-9_]{3,31})?$",
    "must be a username such as example_bot, without @, or empty",
  ],
  countries: [
    "^(all|[A-Z]{2}(,[A-Z]{2})*)?$",
    "must be codes such as UA,PL without spaces, or all, or empty",
  ],
  // An unknown name would be skipped without a word.
  callCarriers: [
    `^${carrierList}(;[A-Z]{2}=${carrierList})*$`,
    `must be lists such as ucaller;RU=smsru,ucaller of ${carrierNames.join(", ")}`,
  ],
  smsSenderId: [
    `^(${senderId}(,${senderId})*)?$`,
    "must be countries and names, UA=Acme,KZ=Acme: up to 11 letters, digits and hyphens, the first a letter; or empty",
  ],
  // Secrets travel with every request: plain http only on the deployer's own machine.
  apiRoot: [
    `^${address}(/[A-Za-z0-9._~-]+)*$`,
    "must be a URL such as https://api.example.com, without a slash at its end",
  ],
  serviceName: ["^.{1,64}$", "must have 1 to 64 characters"],
} as const satisfies Record<string, readonly [pattern: string, said: string]>;

/** Returns the settings that a host's props ask for. Throws an error with a sentence for props that could not work. */
export const settingsOf = (props: TwostepServiceProps): ServiceSettings => {
  const { allowedOrigins, serviceName = "Twostep", telegram, signInUrl } = props;
  if (allowedOrigins.length === 0) throw new Error("allowedOrigins must name an origin.");
  return {
    allowedOrigins: allowedOrigins.map((each) => checked("origin", "allowedOrigins", each)),
    allowedOriginsText: allowedOrigins.join(","),
    serviceName: checked("serviceName", "serviceName", serviceName),
    telegramBotUsername: checked(
      "botUsername",
      "telegram.botUsername",
      telegram?.botUsername ?? "",
    ),
    telegramApiRoot: checked("apiRoot", "telegram.apiRoot", telegram?.apiRoot ?? telegramApiRoot),
    phone: phoneSettingsOf(props.phones),
    signInUrlOr: (otherwise) => signInUrl ?? otherwise,
  };
};

const phoneSettingsOf = (phones: TwostepServiceProps["phones"]): PhoneSettings => {
  const {
    countries = [],
    carriers = defaultCarriers,
    carriersByCountry = {},
    smsSenderIds = {},
    apiRoots = {},
  } = phones ?? {};
  const unknown = Object.keys(apiRoots).find((name) => !isCarrierName(name));
  if (unknown !== undefined) {
    throw new Error(`phones.apiRoots names ${unknown}; there are ${carrierNames.join(", ")}.`);
  }
  const lists = Object.entries(carriersByCountry).map(
    ([country, list]) => `${country}=${list.join(",")}`,
  );
  const senders = Object.entries(smsSenderIds).map(([country, name]) => `${country}=${name}`);
  return {
    allowedCountries: checked(
      "countries",
      "phones.countries",
      countries === "all" ? "all" : countries.join(","),
    ),
    callCarriers: checked(
      "callCarriers",
      "phones.carriers",
      [carriers.join(","), ...lists].join(";"),
    ),
    smsSenderId: checked("smsSenderId", "phones.smsSenderIds", senders.join(",")),
    carrierApiRoots: carrierApiRoots((name, { apiRoot }) =>
      checked("apiRoot", `phones.apiRoots.${name}`, apiRoots[name] ?? apiRoot),
    ),
  };
};

export const telegramApiRoot = "https://api.telegram.org";

/**
 * Returns the value, and throws where it has the wrong form. A token is not checked here: its value is known at deploy
 * time only.
 */
const checked = (form: keyof typeof forms, name: string, value: string): string => {
  const [pattern, said] = forms[form];
  if (!Token.isUnresolved(value) && !new RegExp(pattern).test(value)) {
    throw new Error(`${name} ${said}; it is ${JSON.stringify(value)}.`);
  }
  return value;
};
