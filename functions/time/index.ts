import { answer } from "../../lib/http/answer.ts";
import { httpHandler } from "../../lib/http/http-function.ts";
import { answers } from "../bases.ts";
import { createServices } from "../create-services.ts";

/** GET /v1/time: the time that a phone's clock can be compared with. */
export const handler = httpHandler(createServices(answers), () =>
  Promise.resolve(answer(200, { now: new Date().toISOString() })),
);
