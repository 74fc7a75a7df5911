import type { Usage } from "./usage.ts";

export type SendsUsd = { readonly sends: number; readonly sms: number };

/** A limit on usage in a second. */
export type Quota = {
  readonly name: string;
  /** The limit in words. */
  readonly limit: string;
  readonly perSecond: number;
  /** How much of the quota a usage takes. `usd` is the cost of its calls and SMS. */
  readonly taken: (of: Usage, usd: SendsUsd) => number;
  /** Who lifts it. `use` means that the limit grows with usage. */
  readonly lifted: "AWS" | "you" | "use" | "nobody";
};

/** The rate in a second that meets a quota; Infinity if the usage does not touch the quota. */
export const rateAt = (quota: Quota, of: Usage, usd: SendsUsd): number => {
  const taken = quota.taken(of, usd);
  return taken > 0 ? quota.perSecond / taken : Infinity;
};
