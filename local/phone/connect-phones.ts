import { join } from "node:path";
import { PHONES } from "../data/data-directory.ts";
import type { DataDirectory } from "../data/data-directory.ts";
import type { DeviceRoutes } from "../devices/api.ts";
import type { PhonesWorld } from "../devices/world.ts";
import type { LoopbackHandler, LoopbackServer } from "../gateway/loopback.ts";
import type { Secret } from "../secrets/secrets.ts";
import type { Plan } from "../template/plan.ts";
import { answerSns } from "./answer-sns.ts";
import { answerUcaller } from "./answer-ucaller.ts";
import { ucallerCredentials } from "./carrier-credentials.ts";
import { phoneRoutes } from "./phone-routes.ts";
import { openPhones } from "./phones.ts";
import { showPhones } from "./show-phones.ts";

export type ConnectPhonesOptions = {
  data: DataDirectory;
  plan: Pick<Plan, "functions">;
  secrets: readonly Secret[];
  servers: { ucaller: LoopbackServer; sns: LoopbackServer };
  /** Lets those send SMS who may. */
  guardSns: (answer: LoopbackHandler) => LoopbackHandler;
  now: () => number;
  /** Is called when a phone has something new to show. */
  onNews: () => void;
};

/** Connects phones with who calls them and who sends them SMS. */
export function connectPhones(options: ConnectPhonesOptions): {
  routes: DeviceRoutes;
  show: () => PhonesWorld;
  close: () => void;
} {
  const { data, plan, secrets, servers, guardSns, now, onNews } = options;
  const phones = openPhones({ path: join(data.path, PHONES), now, onNews });
  servers.ucaller.serve(answerUcaller({ phones, credentials: ucallerCredentials(plan, secrets) }));
  servers.sns.serve(guardSns(answerSns(phones)));
  return { routes: phoneRoutes(phones), show: () => showPhones(phones), close: phones.close };
}
