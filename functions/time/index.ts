import { answer } from "../../lib/http/answer.ts";
import { allowedOrigins } from "../../lib/runtime/environment.ts";
import { httpHandler } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";

/** GET /v1/time: what a phone's clock can be compared with. */
export const handler = httpHandler(
  { allowedOrigins: allowedOrigins(process.env), log: powertoolsLog() },
  () => Promise.resolve(answer(200, { now: new Date().toISOString() })),
);
