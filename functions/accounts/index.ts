import { httpFunction } from "../../lib/http/http-function.ts";
import { setting } from "../../lib/settings/environment.ts";
import { decidesForHosts } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { languages, mails, serviceName } from "../parts.ts";
import { keys } from "../secrets.ts";
import { readAccountRoute, resetAccountRoute } from "./account-routes.ts";
import { openAccountChallengeRoute, redeemGrantRoute } from "./challenge-routes.ts";
import { putAccountRoute } from "./put-account-route.ts";

const services = createServices(decidesForHosts, {
  mails,
  lookupKeys: keys("lookup"),
  languages,
  serviceName,
});

export const handler = httpFunction(
  [
    putAccountRoute(services),
    readAccountRoute,
    resetAccountRoute,
    openAccountChallengeRoute(setting(process.env, "SIGN_IN_URL")),
    redeemGrantRoute,
  ],
  services,
);
