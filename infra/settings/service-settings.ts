import { carrierApiRoots, defaultCarriers } from "./carriers.ts";
import type { TwostepServiceProps } from "./twostep-props.ts";

/** The deployer's choices, in the form that functions get them. */
export type ServiceSettings = {
  readonly allowedOrigins: readonly string[];
  readonly serviceName: string;
  /** Empty where Telegram is off. */
  readonly telegramBotUsername: string;
  readonly telegramApiRoot: string;
  readonly phone: PhoneSettings;
  /** The page that takes a host's challenges; undefined: the deployed pages, or `/sign-in` without them. */
  readonly signInUrl: string | undefined;
};

type PhoneSettings = {
  /** Empty where phones are off. */
  readonly allowedCountries: string;
  readonly callCarriers: string;
  readonly smsSenderId: string;
  /** The address of each carrier's API, by the variable that tells it to a function. */
  readonly carrierApiRoots: Readonly<Record<string, string>>;
};

const telegramApiRoot = "https://api.telegram.org";

/** Returns the settings that checked props ask for. */
export const settingsOf = (props: TwostepServiceProps): ServiceSettings => ({
  allowedOrigins: props.allowedOrigins,
  serviceName: props.serviceName ?? "Twostep",
  telegramBotUsername: props.telegram?.botUsername ?? "",
  telegramApiRoot: props.telegram?.apiRoot ?? telegramApiRoot,
  phone: phoneSettingsOf(props.phones),
  signInUrl: props.signInUrl,
});

const phoneSettingsOf = (phones: TwostepServiceProps["phones"]): PhoneSettings => {
  const {
    countries = [],
    carriers = defaultCarriers,
    carriersByCountry = {},
    smsSenderIds = {},
    apiRoots = {},
  } = phones ?? {};
  const lists = Object.entries(carriersByCountry).map(
    ([country, list]) => `${country}=${list.join(",")}`,
  );
  const senders = Object.entries(smsSenderIds).map(([country, name]) => `${country}=${name}`);
  return {
    allowedCountries: countries === "all" ? "all" : countries.join(","),
    callCarriers: [carriers.join(","), ...lists].join(";"),
    smsSenderId: senders.join(","),
    carrierApiRoots: carrierApiRoots((name, { apiRoot }) => apiRoots[name] ?? apiRoot),
  };
};
