import { join } from "node:path";
import { accessOf } from "../access/guard.ts";
import { deployCustomResources } from "../custom-resources/deploy-custom-resources.ts";
import { EXECUTIONS } from "../data/data-directory.ts";
import type { Bus } from "../events/answer-event-bridge.ts";
import type { ServiceFaults } from "../faults/service-faults.ts";
import { createGateway } from "../gateway/gateway.ts";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";
import { createFunctions } from "../lambda/functions.ts";
import type { Functions } from "../lambda/functions.ts";
import { createLog } from "../lambda/log.ts";
import type { Log } from "../lambda/log.ts";
import { openPages } from "../pages/pages.ts";
import type { CustomResourcePlan } from "../plan/plan.ts";
import { connectConsumers } from "../queue/connect-consumers.ts";
import type { Queues } from "../queue/queues.ts";
import { runSchedules } from "../schedules/run-schedules.ts";
import { openStateMachines } from "../step-functions/executions.ts";
import type { StateMachines } from "../step-functions/executions.ts";
import { serveServices } from "./serve-services.ts";
import type { RunOptions } from "./serve-services.ts";

/** A template that runs. */
export type RunningTemplate = {
  /** Answers the requests to the address that the pages and the API share. */
  handle: (request: GatewayRequest) => Promise<Answer>;
  functions: Pick<Functions, "warm">;
  queues: Queues;
  bus: Bus;
  stateMachines: StateMachines;
  faults: ServiceFaults;
  log: Log;
  /**
   * Makes these custom resources, as a deploy does after it has made the functions. To be called when requests are
   * served. Resolves to a sentence for each resource that failed.
   */
  deploy: (customResources: readonly CustomResourcePlan[]) => Promise<string[]>;
  /** From now on functions get the messages of queues. */
  consume: () => void;
  /** From now on rules invoke functions when it is time. */
  schedule: () => void;
};

/** Runs what a plan asks for: its services, its functions and its API. */
export async function runTemplate(options: RunOptions): Promise<RunningTemplate> {
  const { plan, data, clock, timers, hidden, report, witness, onStop } = options;
  const services = await serveServices(options);
  const { queues } = services;

  const log = createLog({ hidden });
  const functions = createFunctions({
    plans: plan.functions,
    endpoints: options.servers.endpoints,
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
  services.serveStepFunctions(stateMachines);

  const gateway = createGateway({
    plan,
    invoke: functions.invoke,
    now: clock.now,
    signedCalls: { access: accessOf(plan.functions), apiId: plan.apiId, report, witness },
  });
  const pages = openPages(plan.pages);
  return {
    handle: (request) => pages(request) ?? gateway(request),
    functions,
    queues,
    bus: services.bus,
    stateMachines,
    faults: services.faults,
    log,
    deploy: (plans) =>
      deployCustomResources({
        plans,
        data,
        invoke: functions.invoke,
        onFault: (error) => report(String(error)),
      }),
    consume: consumers.start,
    schedule: () =>
      runSchedules({
        schedules: plan.schedules,
        invoke: functions.invoke,
        now: clock.now,
        timers,
      }),
  };
}
