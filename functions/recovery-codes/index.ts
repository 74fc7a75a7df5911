import { httpFunction } from "../../lib/http/http-function.ts";
import { decidesForBrowsers } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { keys } from "../secrets.ts";
import { createRecoveryCodesRoute } from "./recovery-codes-route.ts";

const services = createServices(decidesForBrowsers, { recoveryKeys: keys("recovery-codes") });

export const handler = httpFunction([createRecoveryCodesRoute(services.recoveryKeys)], services);
