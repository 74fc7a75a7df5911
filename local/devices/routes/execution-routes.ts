import type { Execution } from "../../aws/step-functions/execution-state.ts";
import type { StateMachines } from "../../aws/step-functions/executions.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";

/** The route that reads the state machines' executions, newest first. */
export function executionRoutes({ list }: Pick<StateMachines, "list">): DeviceRoutes {
  return { "GET /devices/api/executions": () => ok({ executions: list().map(show) }) };
}

function show({ name, status, startedAt, stoppedAt, input, history }: Execution): unknown {
  return {
    name,
    status,
    startedAt: timeOf(startedAt),
    stoppedAt: stoppedAt === null ? null : timeOf(stoppedAt),
    input: JSON.parse(input) as unknown,
    history: history.map(({ type, state, at }) => ({ type, state, at: timeOf(at) })),
  };
}

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
