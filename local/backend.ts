import { join } from "node:path";
import {
  eventBridgeDeeds,
  secretsDeeds,
  snsDeeds,
  snsOperationOf,
  sqsDeeds,
  stepFunctionsDeeds,
  targetOperationOf,
} from "./access/deeds.ts";
import { accessOf, guarded, refuseInXml } from "./access/guard.ts";
import type { Witness } from "./access/guard.ts";
import { openAssembly } from "./assembly/assembly.ts";
import { openClock } from "./clock/clock.ts";
import { createTimers } from "./clock/timers.ts";
import { deployCustomResources } from "./custom-resources/deploy-custom-resources.ts";
import { EXECUTIONS, QUEUES } from "./data/data-directory.ts";
import type { DataDirectory } from "./data/data-directory.ts";
import { createDevices, isForDevices } from "./devices/api.ts";
import { clockRoutes } from "./devices/clock-routes.ts";
import { pageRoutes } from "./devices/page-routes.ts";
import { worldRoutes } from "./devices/world-routes.ts";
import { logRoutes } from "./devices/log-routes.ts";
import { createLog } from "./devices/log.ts";
import { createNews } from "./devices/news.ts";
import { answerEventBridge } from "./events/answer-event-bridge.ts";
import type { Bus } from "./events/answer-event-bridge.ts";
import { eventRoutes } from "./events/event-routes.ts";
import { faultRoutes } from "./faults/fault-routes.ts";
import { createServiceFaults } from "./faults/service-faults.ts";
import { withFaults } from "./faults/with-faults.ts";
import type { Answer } from "./gateway/answer.ts";
import { createGateway } from "./gateway/gateway.ts";
import type { GatewayRequest } from "./gateway/request.ts";
import type { Endpoints } from "./lambda/environment.ts";
import { createFunctions } from "./lambda/functions.ts";
import { openPages } from "./pages/pages.ts";
import { connectPhones } from "./phone/connect-phones.ts";
import { answerSqs } from "./queue/answer-sqs.ts";
import { connectConsumers } from "./queue/connect-consumers.ts";
import { queueRoutes } from "./queue/queue-routes.ts";
import { openQueues } from "./queue/queues.ts";
import { answerSecrets } from "./secrets/answer-secrets.ts";
import { putSecret } from "./secrets/secrets.ts";
import { openStackSecrets } from "./secrets/stack-secrets.ts";
import { startServices } from "./services.ts";
import { stackNames } from "./stack-names.ts";
import { answerStepFunctions } from "./step-functions/answer-step-functions.ts";
import { executionRoutes } from "./step-functions/execution-routes.ts";
import { openStateMachines } from "./step-functions/executions.ts";
import { createTable } from "./tables/create-table.ts";
import { keepSwept } from "./tables/keep-swept.ts";
import { botPlanOf } from "./telegram/bot-plan.ts";
import type { RealTelegram } from "./telegram/call-telegram.ts";
import { readPlan } from "./template/plan.ts";
import type { FunctionPlan } from "./template/plan.ts";
import type { Assembly } from "./template/template.ts";

/** All that stands behind the gateway's port. */
export type Backend = {
  handle: (request: GatewayRequest, gone: AbortSignal) => Promise<Answer>;
  endpoints: Endpoints;
  functions: readonly FunctionPlan[];
  /** For people, which Telegram it is. */
  telegram: string;
  /**
   * To be called once requests are served: does what a deploy does after the functions are there, then lets messages and
   * updates come. Resolves to a sentence for each thing that failed.
   */
  deploy: () => Promise<string[]>;
  warm: () => Promise<void>;
  /** Ends the waiting of whoever waits for news, so that no request under way holds up the end. */
  release: () => void;
  stop: () => Promise<void>;
};

export type BackendOptions = {
  data: DataDirectory;
  port: number;
  assembly: Assembly | undefined;
  /** The real Telegram instead of the stand-in. */
  telegram: RealTelegram | undefined;
  report: (fault: string) => void;
  /** Of pages elsewhere that may call too. */
  origins?: readonly string[] | undefined;
  /** Told what is done by whom to AWS's services. */
  witness?: Witness | undefined;
};

/** Starts what the template asks for. Whatever was started is stopped again if a later part fails. */
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
  const { data, telegram: real, report, witness = () => undefined } = options;
  const clock = await openClock(data);
  const timers = createTimers(clock);
  const news = createNews();
  clock.onAdvance(() => {
    news.tell();
    return Promise.resolve();
  });
  onStop(timers.stop);
  const [services, assembly] = await Promise.all([
    startServices({ data, real, now: clock.now, timers, report, onStop, onNews: news.tell }),
    options.assembly ?? openAssembly(),
  ]);
  const { tables, endpoints } = services;
  const plan = readPlan(
    assembly,
    stackNames(assembly.template, options.port, services, options.origins),
  );

  const access = accessOf(plan.functions);
  const guard = guarded(access, report, witness);
  tables.allow({ access, tables: plan.tables, report, witness });
  const callers = new Set(plan.functions.map(({ name }) => name));
  const faults = createServiceFaults((planned) => tables.fail(callers, planned), news.tell);
  tables.onFault(news.tell);
  const faulty = withFaults(callers, faults);
  for (const table of plan.tables) await createTable(tables.client, table);
  onStop(keepSwept({ client: tables.client, tables: plan.tables, clock, report }));
  const secrets = await openStackSecrets({ data, plan, now: clock.now(), real });
  services.secrets.serve(
    guard(
      secretsDeeds,
      faulty(
        "secretsmanager",
        targetOperationOf,
        answerSecrets(secrets, (...given) => putSecret({ data, now: clock.now }, ...given)),
      ),
    ),
  );
  const queues = openQueues({
    path: join(data.path, QUEUES),
    plans: plan.queues,
    now: clock.now,
    timers,
  });
  onStop(queues.close);
  services.sqs.serve(guard(sqsDeeds, faulty("sqs", targetOperationOf, answerSqs(queues))));
  const bus: Bus = { names: plan.eventBuses, events: [] };
  services.eventBridge.serve(
    guard(eventBridgeDeeds, faulty("events", targetOperationOf, answerEventBridge(bus))),
  );
  const phones = connectPhones({
    data,
    plan,
    secrets,
    servers: services,
    guardSns: (answer) => guard(snsDeeds, faulty("sns", snsOperationOf, answer), refuseInXml),
    now: clock.now,
    onNews: news.tell,
  });
  onStop(phones.close);
  const telegram = services.telegram.connect(botPlanOf(plan, secrets));

  const log = createLog({ hidden: real?.token });
  const functions = createFunctions({
    plans: plan.functions,
    endpoints,
    clockOffset: clock.offset,
    log,
    onFailure: (name, reason) => report(`${name}: ${reason}`),
  });
  onStop(functions.stop);
  const consumers = connectConsumers(plan, queues, functions.invoke, witness);
  onStop(consumers.stop);

  const stateMachines = openStateMachines({
    path: join(data.path, EXECUTIONS),
    plans: plan.stateMachines,
    invoke: functions.invoke,
    clock,
    timers,
  });
  onStop(stateMachines.stop);
  const [machine] = plan.stateMachines;
  services.stepFunctions.serve(
    guard(
      stepFunctionsDeeds(machine?.arn ?? ""),
      faulty("states", targetOperationOf, answerStepFunctions(stateMachines)),
    ),
  );

  const gateway = createGateway({ plan, invoke: functions.invoke, now: clock.now });
  const pages = openPages(plan.pages);
  const devices = createDevices(
    {
      ...clockRoutes(clock),
      ...logRoutes(log),
      ...queueRoutes(queues),
      ...eventRoutes(bus),
      ...executionRoutes(stateMachines),
      ...phones.routes,
      ...telegram.routes,
      ...faultRoutes(faults),
      ...worldRoutes({
        news,
        clock,
        telegram: telegram.show,
        phones: phones.show,
        services: faults.pending,
      }),
      ...pageRoutes(),
    },
    options.port,
  );
  return {
    handle: (request, gone) =>
      isForDevices(request) ? devices(request, gone) : (pages(request) ?? gateway(request)),
    endpoints,
    functions: plan.functions,
    telegram: telegram.description,
    deploy: async () => {
      // The real bot has no webhook: Telegram cannot call this machine.
      const plans = real ? [] : plan.customResources;
      const failures = await deployCustomResources({
        plans,
        data,
        invoke: functions.invoke,
        onFault: (error) => report(String(error)),
      });
      telegram.start();
      consumers.start();
      return failures;
    },
    warm: functions.warm,
    release: news.end,
  };
}
