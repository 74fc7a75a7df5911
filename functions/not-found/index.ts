import { httpHandler } from "../../lib/http/http-function.ts";
import { answers } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { answerUnrouted } from "./answer-unrouted.ts";

/** $default: answers what no route takes, in the same form as every other problem. */
export const handler = httpHandler(createServices(answers), (event) =>
  Promise.resolve(answerUnrouted(event)),
);
