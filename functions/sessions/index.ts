import { httpFunction } from "../../lib/http/http-function.ts";
import { dynamoPasswordServices } from "../../lib/runtime/dynamo-password-services.ts";
import { decidesForBrowsers, table } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { serviceName } from "../parts.ts";
import { keys } from "../secrets.ts";
import { openSessionRoute } from "./open-session-route.ts";
import { changePasswordRoute, reauthenticateRoute } from "./password-routes.ts";
import {
  endOtherSessionsRoute,
  endSessionRoute,
  listSessionsRoute,
  readSessionRoute,
  signOutRoute,
} from "./session-routes.ts";

const services = createServices(decidesForBrowsers, {
  lookupKeys: keys("lookup"),
  codeKeys: keys("codes"),
  serviceName,
});
const passwords = dynamoPasswordServices(table(), services, services.lookupKeys);

export const handler = httpFunction(
  [
    readSessionRoute,
    openSessionRoute(services.codeKeys),
    signOutRoute,
    listSessionsRoute,
    endSessionRoute,
    endOtherSessionsRoute,
    reauthenticateRoute(passwords),
    changePasswordRoute(passwords, services.serviceName),
  ],
  services,
);
