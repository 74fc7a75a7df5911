import { join } from "node:path";
import {
  eventBridgeActions,
  secretsActions,
  snsActions,
  snsOperationOf,
  sqsActions,
  stepFunctionsActions,
  targetOperationOf,
} from "../access/actions.ts";
import { accessOf, guarded, refuseInXml } from "../access/guard.ts";
import type { Witness } from "../access/guard.ts";
import type { Clock } from "../clock/clock.ts";
import type { Timers } from "../clock/timers.ts";
import { QUEUES } from "../data/data-directory.ts";
import type { DataDirectory } from "../data/data-directory.ts";
import { answerEventBridge } from "../events/answer-event-bridge.ts";
import type { Bus } from "../events/answer-event-bridge.ts";
import { createServiceFaults } from "../faults/service-faults.ts";
import type { ServiceFaults } from "../faults/service-faults.ts";
import { withFaults } from "../faults/with-faults.ts";
import type { Plan } from "../plan/plan.ts";
import { answerSqs } from "../queue/answer-sqs.ts";
import { openQueues } from "../queue/queues.ts";
import type { Queues } from "../queue/queues.ts";
import { answerSecrets } from "../secrets/answer-secrets.ts";
import { putSecret } from "../secrets/secrets.ts";
import type { Secret } from "../secrets/secrets.ts";
import { answerSns } from "../sns/answer-sns.ts";
import type { PublishSms } from "../sns/answer-sns.ts";
import { answerStepFunctions } from "../step-functions/answer-step-functions.ts";
import type { StateMachines } from "../step-functions/executions.ts";
import { createTable } from "../tables/create-table.ts";
import { keepSwept } from "../tables/keep-swept.ts";
import type { Servers } from "./start-servers.ts";

/** What a template needs to run. */
export type RunOptions = {
  plan: Plan;
  secrets: readonly Secret[];
  servers: Servers;
  data: DataDirectory;
  clock: Clock;
  timers: Timers;
  /** Takes the SMS that a function gives to SNS. */
  publishSms: PublishSms;
  /** A secret that the log must not show, whatever a function prints. */
  hidden: string | undefined;
  report: (fault: string) => void;
  /** Hears of every action on AWS's services that is allowed. */
  witness: Witness;
  /** Is called when a fault of a service is planned or has happened. */
  onChange: () => void;
  onStop: (stop: () => unknown) => void;
};

/** AWS's services that need no function. */
export type Services = {
  queues: Queues;
  bus: Bus;
  faults: ServiceFaults;
  /** Serves Step Functions, and comes last: state machines call functions, and functions call the other services. */
  serveStepFunctions: (machines: StateMachines) => void;
};

/** Serves AWS's services. A function may use them as far as its role allows, and the planned faults apply to it. */
export async function serveServices(options: RunOptions): Promise<Services> {
  const { plan, secrets, servers, data, clock, timers, report, witness, onChange, onStop } =
    options;
  const { tables } = servers;
  const access = accessOf(plan.functions);
  const guard = guarded(access, report, witness);
  tables.allow({ access, tables: plan.tables, report, witness });
  const callers = new Set(plan.functions.map(({ name }) => name));
  const faults = createServiceFaults((planned) => tables.fail(callers, planned), onChange);
  tables.onFault(onChange);
  const faulty = withFaults(callers, faults);
  for (const table of plan.tables) await createTable(tables.client, table);
  onStop(keepSwept({ client: tables.client, tables: plan.tables, clock, report }));

  const answer = answerSecrets(secrets, (...given) =>
    putSecret({ data, now: clock.now }, ...given),
  );
  servers.secrets.serve(guard(secretsActions, faulty("secretsmanager", targetOperationOf, answer)));
  const queues = openQueues({
    path: join(data.path, QUEUES),
    plans: plan.queues,
    now: clock.now,
    timers,
  });
  onStop(queues.close);
  servers.sqs.serve(guard(sqsActions, faulty("sqs", targetOperationOf, answerSqs(queues))));
  const bus: Bus = { names: plan.eventBuses, events: [] };
  servers.eventBridge.serve(
    guard(eventBridgeActions, faulty("events", targetOperationOf, answerEventBridge(bus))),
  );
  servers.sns.serve(
    guard(snsActions, faulty("sns", snsOperationOf, answerSns(options.publishSms)), refuseInXml),
  );
  const [machine] = plan.stateMachines;
  const serveStepFunctions = (machines: StateMachines): void =>
    servers.stepFunctions.serve(
      guard(
        stepFunctionsActions(machine?.arn ?? ""),
        faulty("states", targetOperationOf, answerStepFunctions(machines)),
      ),
    );
  return { queues, bus, faults, serveStepFunctions };
}
