import { join } from "node:path";
import type { Witness } from "./aws/access/guard.ts";
import { openClock } from "./aws/clock/clock.ts";
import { createTimers } from "./aws/clock/timers.ts";
import type { DataDirectory } from "./aws/data/data-directory.ts";
import type { Answer } from "./aws/http/answer.ts";
import { startLoopback } from "./aws/http/loopback.ts";
import type { GatewayRequest } from "./aws/http/request.ts";
import type { Endpoints } from "./aws/lambda/environment.ts";
import { readPlan } from "./aws/plan/plan.ts";
import type { FunctionPlan } from "./aws/plan/plan.ts";
import { runTemplate } from "./aws/run/run-template.ts";
import { startServers } from "./aws/run/start-servers.ts";
import { localNames } from "./aws/template/names.ts";
import type { Assembly } from "./aws/template/template.ts";
import { createDevices, isForDevices } from "./devices/api/api.ts";
import { answerUcaller } from "./devices/carriers/answer-ucaller.ts";
import { deliverSms } from "./devices/phones/deliver-sms.ts";
import { phoneRoutes } from "./devices/phones/phone-routes.ts";
import { openPhones, PHONES } from "./devices/phones/phones.ts";
import { showPhones } from "./devices/phones/show-phones.ts";
import { clockRoutes } from "./devices/routes/clock-routes.ts";
import { eventRoutes } from "./devices/routes/event-routes.ts";
import { executionRoutes } from "./devices/routes/execution-routes.ts";
import { faultRoutes } from "./devices/routes/fault-routes.ts";
import { logRoutes } from "./devices/routes/log-routes.ts";
import { pageRoutes } from "./devices/routes/page-routes.ts";
import { queueRoutes } from "./devices/routes/queue-routes.ts";
import { worldRoutes } from "./devices/routes/world-routes.ts";
import type { RealTelegram } from "./devices/telegram/real/call-telegram.ts";
import { startTelegram } from "./devices/telegram/telegram.ts";
import { createChanges } from "./devices/world/changes.ts";
import { botPlanOf } from "./twostep/bot-plan.ts";
import { ucallerCredentials } from "./twostep/carrier-credentials.ts";
import { localValues } from "./twostep/local-values.ts";
import { openProjectAssembly } from "./twostep/project-assembly.ts";
import { openStackSecrets } from "./twostep/stack-secrets.ts";

/** What functions call on this machine: AWS's services, and the addresses of the world outside. */
export type StackEndpoints = Endpoints & { ucaller: string; telegram: string };

/** Everything behind the gateway's port. */
export type Backend = {
  handle: (request: GatewayRequest, gone: AbortSignal) => Promise<Answer>;
  endpoints: StackEndpoints;
  functions: readonly FunctionPlan[];
  /** Says, for people, which Telegram it is. */
  telegram: string;
  /**
   * Does what a deploy does after it has made the functions, then lets messages and updates come. To be called when
   * requests are served. Resolves to a sentence for each thing that failed.
   */
  deploy: () => Promise<string[]>;
  warm: () => Promise<void>;
  /** Ends all requests that wait for changes, so that none of them delays the end. */
  release: () => void;
  stop: () => Promise<void>;
};

export type BackendOptions = {
  data: DataDirectory;
  port: number;
  assembly: Assembly | undefined;
  /** The real Telegram instead of the fake. */
  telegram: RealTelegram | undefined;
  report: (fault: string) => void;
  /** The origins of pages elsewhere that may call too. */
  origins?: readonly string[] | undefined;
  /** Values of functions' variables, in place of those that the template or this machine gives them. */
  variables?: Readonly<Record<string, string>> | undefined;
  /** Hears of every action on AWS's services that is allowed. */
  witness?: Witness | undefined;
  /** Whether rules invoke functions on their schedules; false if not given. */
  schedules?: boolean | undefined;
};

/** Starts what the template asks for, and the world outside. If a part fails, it stops the parts before it. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const stops: (() => unknown)[] = [];
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
  options: BackendOptions,
  onStop: (stop: () => unknown) => void,
): Promise<Omit<Backend, "stop">> {
  const { data, port, telegram: real, report, origins = [], witness = () => undefined } = options;
  const clock = await openClock(data);
  const { now } = clock;
  const timers = createTimers(clock);
  onStop(timers.stop);
  const changes = createChanges();
  const onChange = changes.tell;
  clock.onAdvance(() => {
    onChange();
    return Promise.resolve();
  });

  // The template's values name the addresses of these servers, so they listen before the template is read.
  const [servers, ucaller, startedTelegram, assembly] = await Promise.all([
    startServers({ data, report, onStop }),
    startUcaller(report, onStop),
    startTelegram({ real, data, now, timers, report, onChange, onStop }),
    options.assembly ?? openProjectAssembly(),
  ]);
  const addresses = { api: `http://127.0.0.1:${port}`, sqs: servers.sqs.endpoint };
  const outside = { telegram: startedTelegram, ucallerApiRoot: ucaller.endpoint, origins };
  const local = localValues(addresses.api, outside);
  const plan = readPlan(assembly, localNames(assembly.template, addresses, {}), {
    ...local,
    variables: { ...local.variables, ...options.variables },
  });
  const secrets = await openStackSecrets({ data, plan, now: now(), real });

  const phones = openPhones({ path: join(data.path, PHONES), now, onChange });
  onStop(phones.close);
  ucaller.serve(answerUcaller({ phones, credentials: ucallerCredentials(plan, secrets) }));
  const telegram = startedTelegram.connect(botPlanOf(plan, secrets));
  const running = await runTemplate({
    ...{ plan, secrets, servers, data, clock, timers, report, witness, onChange, onStop },
    publishSms: deliverSms(phones),
    hidden: real?.token,
  });

  const devices = createDevices(
    {
      ...clockRoutes(clock),
      ...logRoutes(running.log),
      ...queueRoutes(running.queues),
      ...eventRoutes(running.bus),
      ...executionRoutes(running.stateMachines),
      ...phoneRoutes(phones),
      ...telegram.routes,
      ...faultRoutes(running.faults),
      ...worldRoutes({
        changes,
        clock,
        telegram: telegram.show,
        phones: () => showPhones(phones),
        services: running.faults.pending,
      }),
      ...pageRoutes(),
    },
    port,
  );
  return {
    handle: (request, gone) =>
      isForDevices(request) ? devices(request, gone) : running.handle(request),
    endpoints: {
      ...servers.endpoints,
      ucaller: ucaller.endpoint,
      telegram: startedTelegram.apiRoot,
    },
    functions: plan.functions,
    telegram: telegram.description,
    deploy: async () => {
      // The real bot has no webhook: Telegram cannot call this machine.
      const failures = await running.deploy(real ? [] : plan.customResources);
      telegram.start();
      running.consume();
      if (options.schedules === true) running.schedule();
      return failures;
    },
    warm: running.functions.warm,
    release: changes.end,
  };
}

async function startUcaller(
  report: (fault: string) => void,
  onStop: (stop: () => unknown) => void,
) {
  const server = await startLoopback((error) => report(String(error)));
  onStop(server.stop);
  return server;
}
