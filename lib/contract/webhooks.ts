import type { Contract } from "./contract.ts";

/**
 * What Telegram and carriers call. Their forms are not ours, so they have no contract; whoever answers for paths that no
 * route takes must know them all the same.
 */
export const webhooks: readonly Pick<Contract, "method" | "path">[] = [
  { method: "POST", path: "/v1/telegram/webhook" },
  { method: "POST", path: "/v1/calls/{carrier}/status" },
];
