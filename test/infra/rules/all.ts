import { accessRules } from "./access.ts";
import { alarmRules } from "./alarms.ts";
import { dashboardRules } from "./dashboard.ts";
import { functionRules } from "./functions.ts";
import { httpApiRules } from "./http-api.ts";
import { invocationRules } from "./invocations.ts";
import { fallbackRules } from "./fallback.ts";
import { pageRules } from "./pages.ts";
import type { Rules } from "./rule.ts";
import { storageRules } from "./storage.ts";
import { telegramRules } from "./telegram.ts";

/** All that is guaranteed of the template of a stack with pages and an alarms' topic. */
export const allRules: Readonly<Record<string, Rules>> = {
  access: accessRules,
  alarms: alarmRules,
  dashboard: dashboardRules,
  functions: functionRules,
  "HTTP API": httpApiRules,
  invocations: invocationRules,
  fallback: fallbackRules,
  pages: pageRules,
  storage: storageRules,
  Telegram: telegramRules,
};
