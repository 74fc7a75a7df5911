import { httpFunction } from "../../lib/http/http-function.ts";
import { dynamoPasswordServices } from "../../lib/runtime/dynamo-password-services.ts";
import { decidesForBrowsers, table } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { keys } from "../secrets.ts";
import { signInRoute } from "./sign-in-route.ts";

const services = createServices(decidesForBrowsers, { lookupKeys: keys("lookup") });
const passwords = dynamoPasswordServices(table(), services, services.lookupKeys);

export const handler = httpFunction([signInRoute(passwords)], services);
