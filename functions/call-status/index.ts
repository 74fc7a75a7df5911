import { readCredentials } from "../../lib/phone/carriers/carrier-settings.ts";
import { decidesForFallback } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { index } from "../parts.ts";
import { secret } from "../secrets.ts";
import { callStatus } from "./call-status.ts";

const services = createServices(decidesForFallback, {
  credentials: secret("CARRIER_CREDENTIALS_SECRET_ID", readCredentials),
  index,
});

export const handler = callStatus({
  services,
  credentials: services.credentials.get,
  index: services.index,
});
