import { httpFunction } from "../../lib/http/http-function.ts";
import { setting } from "../../lib/settings/environment.ts";
import { decidesForHosts } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { languages, mails, serviceName } from "../parts.ts";
import { keys } from "../secrets.ts";
import { readAccountRoute, resetAccountRoute } from "./account-routes.ts";
import {
  cancelAccountChallengeRoute,
  openAccountChallengeRoute,
  readAccountChallengeRoute,
  redeemGrantRoute,
} from "./challenge-routes.ts";
import { putAccountRoute } from "./put-account-route.ts";
import { createAccountSessionRoute, endAccountSessionsRoute } from "./session-routes.ts";

const services = createServices(decidesForHosts, {
  mails,
  lookupKeys: keys("lookup"),
  languages,
  serviceName,
});

const signInUrl = setting(process.env, "SIGN_IN_URL");

export const handler = httpFunction(
  [
    putAccountRoute(services),
    readAccountRoute,
    resetAccountRoute,
    openAccountChallengeRoute(signInUrl),
    readAccountChallengeRoute,
    cancelAccountChallengeRoute,
    createAccountSessionRoute(signInUrl),
    endAccountSessionsRoute,
    redeemGrantRoute,
  ],
  services,
);
