import type { Services } from "./services.ts";
import { localNames } from "./template/names.ts";
import type { Names } from "./template/resolve.ts";
import type { Template } from "./template/template.ts";

/** What the template's references and parameters stand for when its API answers at this port. */
export function stackNames(
  template: Template,
  port: number,
  services: Services,
  origins: readonly string[] = [],
): Names {
  const url = `http://127.0.0.1:${port}`;
  const addresses = { api: url, sqs: services.sqs.endpoint };
  return localNames(template, addresses, {
    AllowedOrigins: [url, `http://localhost:${port}`, ...origins].join(","),
    SignInUrl: `${url}/`,
    TelegramBotUsername: services.telegram.username,
    TelegramApiRoot: services.telegram.apiRoot,
    UcallerApiRoot: services.ucaller.endpoint,
    CallCarriers: "ucaller",
    AllowedCountries: "all",
  });
}
