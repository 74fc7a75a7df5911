import { defaultLimits } from "../../../lib/settings/limits.ts";
import type { FunctionName } from "../../../infra/settings/functions.ts";
import type { Deployed } from "../deployed/deployed.ts";
import type { Quota } from "./quota.ts";

export type OwnLimits = Pick<Deployed, "stageRate" | "routeRates" | "reserved">;

/** The most connections that the service allows Telegram for the webhook (`lib/telegram/set-up-bot.ts`). */
const webhookConnections = 40;

const { sends } = defaultLimits;
const usdADay = (micro: number) => micro / 1e6 / 86_400;

/** The limits that the service and its template set. A deployer can raise every one. */
export const ownQuotas = ({ stageRate, routeRates, reserved }: OwnLimits): readonly Quota[] => [
  {
    name: "this service: throttle of the whole HTTP API",
    limit: `${stageRate} requests/s`,
    perSecond: stageRate,
    taken: ({ httpRequests }) => httpRequests,
    lifted: "you",
  },
  ...Object.entries(routeRates).map(
    ([route, rate]) =>
      ({
        name: `this service: throttle of \`${route}\``,
        limit: `${rate} requests/s`,
        perSecond: rate,
        taken: ({ requestsTo }) => requestsTo[route] ?? 0,
        lifted: "you",
      }) satisfies Quota,
  ),
  ...(Object.entries(reserved) as [FunctionName, number][]).map(
    ([name, size]) =>
      ({
        name: `this service: bulkhead of \`${name}\``,
        limit: `${size} at once`,
        perSecond: size,
        taken: ({ secondsIn }) => secondsIn[name] ?? 0,
        lifted: "you",
      }) satisfies Quota,
  ),
  {
    name: "this service: money for calls and SMS, a country",
    limit: `${sends.moneyPerCountry / 1e6} USD a day`,
    perSecond: usdADay(sends.moneyPerCountry),
    taken: (_, usd) => usd.sends,
    lifted: "you",
  },
  {
    name: "this service: money for calls and SMS, all countries",
    limit: `${sends.money / 1e6} USD a day`,
    perSecond: usdADay(sends.money),
    taken: (_, usd) => usd.sends,
    lifted: "you",
  },
  {
    name: "Telegram: webhook requests at once",
    limit: `${webhookConnections} at once`,
    perSecond: webhookConnections,
    taken: ({ secondsIn }) => secondsIn["telegram-webhook"] ?? 0,
    lifted: "you",
  },
];
