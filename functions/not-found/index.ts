import { allowedOrigins } from "../../lib/runtime/environment.ts";
import { httpHandler } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { answerUnrouted } from "./answer-unrouted.ts";

/** $default: what no route takes, in the same form as every other problem. */
export const handler = httpHandler(
  { allowedOrigins: allowedOrigins(process.env), log: powertoolsLog() },
  (event) => Promise.resolve(answerUnrouted(event)),
);
