import { httpFunction } from "../../lib/http/http-function.ts";
import { readAllowedCountries } from "../../lib/phone/phone-number.ts";
import { decidesForBrowsers } from "../bases.ts";
import { codeCheck } from "../carriers.ts";
import { createServices } from "../create-services.ts";
import { keys } from "../secrets.ts";
import { confirmPhoneRoute } from "./confirm-phone-route.ts";
import { addPhoneRoute, callPhoneRoute, removePhoneRoute } from "./phone-routes.ts";

const services = createServices(decidesForBrowsers, {
  allowedCountries: () => readAllowedCountries(process.env["ALLOWED_COUNTRIES"] ?? ""),
  codeKeys: keys("codes"),
  check: codeCheck,
});

export const handler = httpFunction(
  [addPhoneRoute(services), callPhoneRoute, confirmPhoneRoute(services), removePhoneRoute],
  services,
);
