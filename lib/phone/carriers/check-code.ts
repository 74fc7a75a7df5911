import type { CheckedCall } from "../../challenge/verdict.ts";
import type { Carrier } from "./carrier.ts";

/**
 * Asks the carrier of each call, one call after the other, whether this is its code. Returns false for everything but a
 * clear yes. There are two calls at most, and each question takes 3 s at most.
 */
export type CheckCode = (calls: readonly CheckedCall[], code: string) => Promise<boolean>;

export const checkCodeWith =
  (carriers: () => Promise<Readonly<Record<string, Carrier>>>): CheckCode =>
  async (calls, code) => {
    const known = await carriers();
    for (const { carrier, reference } of calls) {
      if ((await known[carrier]?.check?.({ reference }, code)) === "right") return true;
    }
    return false;
  };
