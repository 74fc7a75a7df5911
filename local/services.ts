import { join } from "node:path";
import type { Timers } from "./clock/timers.ts";
import { TABLES } from "./data/data-directory.ts";
import type { DataDirectory } from "./data/data-directory.ts";
import { startLoopback } from "./gateway/loopback.ts";
import type { LoopbackServer } from "./gateway/loopback.ts";
import type { Endpoints } from "./lambda/environment.ts";
import { startTables } from "./tables/tables.ts";
import type { Tables } from "./tables/tables.ts";
import type { RealTelegram } from "./telegram/call-telegram.ts";
import { startTelegram } from "./telegram/telegram.ts";
import type { StartedTelegram } from "./telegram/telegram.ts";

/** What listens before the template is read, because the template's values name these addresses. */
export type Services = {
  tables: Tables;
  secrets: LoopbackServer;
  sqs: LoopbackServer;
  stepFunctions: LoopbackServer;
  sns: LoopbackServer;
  eventBridge: LoopbackServer;
  ucaller: LoopbackServer;
  telegram: StartedTelegram;
  endpoints: Endpoints;
};

export type ServicesOptions = {
  data: DataDirectory;
  /** The real Telegram instead of the stand-in. */
  real: RealTelegram | undefined;
  now: () => number;
  timers: Timers;
  report: (fault: string) => void;
  /** To be called when people have something new to see. */
  onNews: () => void;
  onStop: (stop: () => unknown) => void;
};

/** Starts what stands in for AWS's services, for Telegram and for a carrier. Requests wait until somebody serves them. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { data, report, onStop } = options;
  const startingTables = startTables(join(data.path, TABLES));
  onStop(() => startingTables.then((tables) => tables.stop()).catch(() => undefined));
  const startServer = async (): Promise<LoopbackServer> => {
    const server = await startLoopback((error) => report(String(error)));
    onStop(server.stop);
    return server;
  };
  const [tables, secrets, sqs, stepFunctions, sns, eventBridge, ucaller, telegram] =
    await Promise.all([
      startingTables,
      startServer(),
      startServer(),
      startServer(),
      startServer(),
      startServer(),
      startServer(),
      startTelegram(options),
    ]);
  const endpoints = {
    dynamodb: tables.endpoint,
    secretsManager: secrets.endpoint,
    sqs: sqs.endpoint,
    stepFunctions: stepFunctions.endpoint,
    sns: sns.endpoint,
    eventBridge: eventBridge.endpoint,
    ucaller: ucaller.endpoint,
    telegram: telegram.apiRoot,
  };
  return { tables, secrets, sqs, stepFunctions, sns, eventBridge, ucaller, telegram, endpoints };
}
