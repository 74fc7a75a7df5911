import middy from "@middy/core";
import { readCarrierChoice } from "../../lib/phone/carriers/carrier-settings.ts";
import { setting } from "../../lib/settings/environment.ts";
import { decidesForFallback } from "../bases.ts";
import { carriers } from "../carriers.ts";
import { createServices } from "../create-services.ts";
import { counter, index, stops } from "../parts.ts";
import { keys } from "../secrets.ts";
import { dispatchCall } from "./dispatch-call.ts";

const services = createServices(decidesForFallback, {
  carriers,
  codeKeys: keys("codes"),
  budgets: counter("sends"),
  stops,
  index,
});

export const handler = middy(
  dispatchCall({
    ...services,
    services,
    choice: readCarrierChoice(setting(process.env, "CALL_CARRIERS")),
  }),
);
