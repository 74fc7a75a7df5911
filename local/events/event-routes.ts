import { ok } from "../devices/api.ts";
import type { DeviceRoutes } from "../devices/api.ts";
import type { Bus } from "./answer-event-bridge.ts";

/** Reading what was told on the event bus. */
export const eventRoutes = ({ events }: Bus): DeviceRoutes => ({
  "GET /devices/api/events": () => ok({ events }),
});
