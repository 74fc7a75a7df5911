import { contracts } from "../../lib/contract/all.ts";
import { allowedOrigins } from "../../lib/http/environment.ts";
import { httpHandler } from "../../lib/http/http-function.ts";
import { problem } from "../../lib/http/problem.ts";
import { powertoolsLog } from "../../lib/http/powertools-log.ts";
import { allowedMethods } from "./allowed-methods.ts";

/** $default: what no route takes, in the same form as every other problem. */
export const handler = httpHandler(
  { allowedOrigins: allowedOrigins(process.env), log: powertoolsLog() },
  (event) => {
    const allow = allowedMethods(contracts, event.rawPath);
    return Promise.resolve(
      allow.length > 0 ? problem("method_not_allowed", { allow }) : problem("not_found"),
    );
  },
);
