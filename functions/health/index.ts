import { httpHandler } from "../../lib/http/http-function.ts";
import { readThrough } from "../../lib/runtime/dynamo-read-through.ts";
import { storeHealth } from "../../lib/runtime/store-health.ts";
import { answers, table } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { answerHealth } from "./answer-health.ts";

const services = createServices(answers, {
  isHealthy: (given) => storeHealth(() => readThrough(table()), given),
});

export const handler = httpHandler(services, () => answerHealth(services.isHealthy));
