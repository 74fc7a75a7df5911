import { dynamoAccountIndex } from "../lib/runtime/dynamo-account-index.ts";
import { dynamoClaims } from "../lib/runtime/dynamo-claims.ts";
import { dynamoCounter } from "../lib/runtime/dynamo-counter.ts";
import { dynamoMailIndex } from "../lib/runtime/dynamo-mail-index.ts";
import { dynamoSendStops } from "../lib/runtime/dynamo-send-stops.ts";
import { setting } from "../lib/settings/environment.ts";
import { readLanguages } from "../lib/settings/languages.ts";
import { table } from "./bases.ts";

// What several functions name in `createServices`, beside their base and their secrets.

const { env } = process;

export const serviceName = () => setting(env, "SERVICE_NAME");
export const languages = () => readLanguages(env["LANGUAGES"]);
export const index = () => dynamoAccountIndex(table());
export const mails = () => dynamoMailIndex(table());
export const stops = () => dynamoSendStops(table());
export const counter = (kind: string) => () => dynamoCounter(table(), kind);
export const claims = (kind: string) => () => dynamoClaims(table(), kind);
