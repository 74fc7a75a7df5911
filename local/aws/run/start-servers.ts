import { join } from "node:path";
import { TABLES } from "../data/data-directory.ts";
import type { DataDirectory } from "../data/data-directory.ts";
import { startLoopback } from "../http/loopback.ts";
import type { LoopbackServer } from "../http/loopback.ts";
import type { Endpoints } from "../lambda/environment.ts";
import { startTables } from "../tables/tables.ts";
import type { Tables } from "../tables/tables.ts";

/** The servers that listen before the template is read, because the template's values name their addresses. */
export type Servers = {
  tables: Tables;
  secrets: LoopbackServer;
  sqs: LoopbackServer;
  stepFunctions: LoopbackServer;
  sns: LoopbackServer;
  eventBridge: LoopbackServer;
  endpoints: Endpoints;
};

export type ServersOptions = {
  data: DataDirectory;
  report: (fault: string) => void;
  onStop: (stop: () => unknown) => void;
};

/** Starts the servers that play AWS's services. Requests wait until `serve` sets their handler. */
export async function startServers({ data, report, onStop }: ServersOptions): Promise<Servers> {
  const startingTables = startTables(join(data.path, TABLES));
  onStop(() => startingTables.then((tables) => tables.stop()).catch(() => undefined));
  const startServer = async (): Promise<LoopbackServer> => {
    const server = await startLoopback((error) => report(String(error)));
    onStop(server.stop);
    return server;
  };
  const [tables, secrets, sqs, stepFunctions, sns, eventBridge] = await Promise.all([
    startingTables,
    startServer(),
    startServer(),
    startServer(),
    startServer(),
    startServer(),
  ]);
  const endpoints = {
    dynamodb: tables.endpoint,
    secretsManager: secrets.endpoint,
    sqs: sqs.endpoint,
    stepFunctions: stepFunctions.endpoint,
    sns: sns.endpoint,
    eventBridge: eventBridge.endpoint,
  };
  return { tables, secrets, sqs, stepFunctions, sns, eventBridge, endpoints };
}
