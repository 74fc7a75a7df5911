import { join } from "node:path";
import { openAssembly } from "./assembly/assembly.ts";
import { openClock } from "./clock/clock.ts";
import { TABLES } from "./data/data-directory.ts";
import type { DataDirectory } from "./data/data-directory.ts";
import { createDevices, isForDevices } from "./devices/api.ts";
import { clockRoutes } from "./devices/clock-routes.ts";
import { logRoutes } from "./devices/log-routes.ts";
import { createLog } from "./devices/log.ts";
import type { Answer } from "./gateway/answer.ts";
import { createGateway } from "./gateway/gateway.ts";
import type { GatewayRequest } from "./gateway/request.ts";
import type { Endpoints } from "./lambda/environment.ts";
import { createFunctions } from "./lambda/functions.ts";
import { openSecrets } from "./secrets/secrets.ts";
import { startSecretsServer } from "./secrets/server.ts";
import { createTable } from "./tables/create-table.ts";
import { sweep } from "./tables/sweep.ts";
import { startTables } from "./tables/tables.ts";
import { localNames } from "./template/names.ts";
import { readPlan } from "./template/plan.ts";
import type { Assembly } from "./template/template.ts";

/** All that stands behind the gateway's port. */
export type Backend = {
  handle: (request: GatewayRequest) => Promise<Answer>;
  endpoints: Endpoints;
  warm: () => Promise<void>;
  stop: () => Promise<void>;
};

export type BackendOptions = {
  data: DataDirectory;
  port: number;
  assembly: Assembly | undefined;
  report: (fault: string) => void;
};

const SWEEP_INTERVAL_MS = 60_000;

/** Starts what the template asks for. Whatever was started is stopped again if a later part fails. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    return { ...(await startParts(options, (each) => void stops.push(each))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  { data, port, assembly: given, report }: BackendOptions,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Omit<Backend, "stop">> {
  const startingTables = startTables(join(data.path, TABLES));
  onStop(() => startingTables.then((started) => started.stop()).catch(() => undefined));
  const [tables, assembly] = await Promise.all([startingTables, given ?? openAssembly()]);
  const clock = await openClock(data);

  const url = `http://127.0.0.1:${port}`;
  const plan = readPlan(
    assembly,
    localNames(assembly.template, url, {
      AllowedOrigins: `${url},http://localhost:${port}`,
      SignInUrl: `${url}/sign-in`,
    }),
  );

  for (const table of plan.tables) await createTable(tables.client, table);
  const sweepAll = async (): Promise<void> => {
    for (const table of plan.tables) await sweep(tables.client, table, clock.now());
  };
  clock.onAdvance(sweepAll);
  onStop(every(SWEEP_INTERVAL_MS, sweepAll, report));

  const secrets = await startSecretsServer(await openSecrets(data, plan.secrets, clock.now()));
  onStop(secrets.stop);

  const log = createLog();
  const endpoints = { dynamodb: tables.endpoint, secretsManager: secrets.endpoint };
  const functions = createFunctions({
    plans: plan.functions,
    endpoints,
    clockOffset: clock.offset,
    log,
    onFailure: (name, reason) => report(`${name}: ${reason}`),
  });
  onStop(functions.stop);

  const gateway = createGateway({ plan, invoke: functions.invoke, now: clock.now });
  const devices = createDevices({ ...clockRoutes(clock), ...logRoutes(log) }, port);
  return {
    handle: (request) => (isForDevices(request) ? devices(request) : gateway(request)),
    endpoints,
    warm: functions.warm,
  };
}

/** Repeats `work`, never two at a time; what comes back ends that, once a run under way has ended. */
function every(
  milliseconds: number,
  work: () => Promise<void>,
  report: (fault: string) => void,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => report(String(error)))
      .finally(() => (running = undefined));
  }, milliseconds);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
