import type { Bus } from "../../aws/events/answer-event-bridge.ts";
import { ok } from "../api/api.ts";
import type { DeviceRoutes } from "../api/api.ts";

/** The route that reads the newest events of the event bus. */
export const eventRoutes = ({ events }: Bus): DeviceRoutes => ({
  "GET /devices/api/events": () => ok({ events }),
});
