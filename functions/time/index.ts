import { Logger } from "@aws-lambda-powertools/logger";
import { answer } from "../../lib/http/answer.ts";
import { allowedOrigins } from "../../lib/http/environment.ts";
import { httpHandler } from "../../lib/http/http-function.ts";

/** GET /v1/time: what a phone's clock can be compared with. */
export const handler = httpHandler(
  { allowedOrigins: allowedOrigins(process.env), log: new Logger() },
  () => Promise.resolve(answer(200, { now: new Date().toISOString() })),
);
