import { httpFunction } from "../../lib/http/http-function.ts";
import { decidesForBrowsers } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { serviceName } from "../parts.ts";
import { keys } from "../secrets.ts";
import { confirmTotpRoute, enrolTotpRoute, removeTotpRoute } from "./totp-routes.ts";

const services = createServices(decidesForBrowsers, {
  totpKeys: keys("totp"),
  issuer: serviceName,
});

export const handler = httpFunction(
  [enrolTotpRoute(services), confirmTotpRoute(services), removeTotpRoute],
  services,
);
