import type { CheckedCall } from "../../challenge/verdict.ts";
import type { Carrier } from "./carrier.ts";

/**
 * Asks the carrier, call after call, whether this is the code of one of them. False for everything but a clear yes. Two
 * calls at most, of 3 s each.
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
