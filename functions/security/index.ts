import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { clientSettings, foundation } from "../../lib/runtime/environment.ts";
import { httpFunction } from "../../lib/http/http-function.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { readSecurityRoute } from "./security-route.ts";

const { env } = process;
const { shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  { dynamo: new DynamoDBClient(clientSettings) },
);

export const handler = httpFunction([readSecurityRoute], shell);
