import { httpFunction } from "../../lib/http/http-function.ts";
import { decidesForBrowsers } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { index } from "../parts.ts";
import {
  beginTelegramLinkRoute,
  confirmTelegramLinkRoute,
  readTelegramLinkRoute,
  switchTelegramRoute,
  unlinkTelegramRoute,
} from "./telegram-routes.ts";

const services = createServices(decidesForBrowsers, {
  index,
  botUsername: () => process.env["TELEGRAM_BOT_USERNAME"] ?? "",
});

export const handler = httpFunction(
  [
    beginTelegramLinkRoute(services),
    readTelegramLinkRoute,
    confirmTelegramLinkRoute,
    switchTelegramRoute,
    unlinkTelegramRoute,
  ],
  services,
);
