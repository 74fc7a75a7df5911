import type { Contract } from "./contract.ts";

/**
 * The routes that Telegram and carriers call. Others define their form, so they have no contract. The code that answers
 * for paths without a route must know them too.
 */
export const webhooks: readonly Pick<Contract, "method" | "path">[] = [
  { method: "POST", path: "/v1/telegram/webhook" },
  { method: "POST", path: "/v1/calls/{carrier}/status" },
];
