import { localNames } from "../aws/template/names.ts";
import type { Addresses } from "../aws/template/names.ts";
import type { Names } from "../aws/template/resolve.ts";
import type { Template } from "../aws/template/template.ts";

/** The values that the template's parameters need from the world outside. */
export type Fakes = {
  telegram: { username: string; apiRoot: string };
  ucallerApiRoot: string;
  /** The origins of pages elsewhere that may call too. */
  origins: readonly string[];
};

/** The values that the template's references and parameters have on this machine. */
export function stackNames(
  template: Template,
  addresses: Addresses,
  { telegram, ucallerApiRoot, origins }: Fakes,
): Names {
  const { api: url } = addresses;
  return localNames(template, addresses, {
    AllowedOrigins: [url, url.replace("127.0.0.1", "localhost"), ...origins].join(","),
    SignInUrl: `${url}/`,
    TelegramBotUsername: telegram.username,
    TelegramApiRoot: telegram.apiRoot,
    UcallerApiRoot: ucallerApiRoot,
    CallCarriers: "ucaller",
    AllowedCountries: "all",
  });
}
