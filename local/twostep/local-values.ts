import type { LocalValues } from "../aws/plan/local-values.ts";

/** The world outside on this machine. */
export type Fakes = {
  telegram: { username: string; apiRoot: string };
  ucallerApiRoot: string;
  /** The origins of pages elsewhere that may call too. */
  origins: readonly string[];
};

/** What is different from a deployed stack: the addresses of this machine, and numbers of every country. */
export function localValues(
  url: string,
  { telegram, ucallerApiRoot, origins }: Fakes,
): LocalValues {
  const allowed = [url, url.replace("127.0.0.1", "localhost"), ...origins];
  return {
    origins: allowed,
    variables: {
      ALLOWED_ORIGINS: allowed.join(","),
      SIGN_IN_URL: `${url}/`,
      BROWSER_API_URL: url,
      TELEGRAM_BOT_USERNAME: telegram.username,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      UCALLER_API_ROOT: ucallerApiRoot,
      CALL_CARRIERS: "ucaller",
      ALLOWED_COUNTRIES: "all",
    },
    properties: { BotUsername: telegram.username, ApiRoot: telegram.apiRoot },
  };
}
