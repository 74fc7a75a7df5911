import type { Carrier } from "./carriers/carrier.ts";

/** Asks the carrier whether this is the code of its call. False for everything but a clear yes. */
export type CheckCode = (
  asked: { readonly carrier: string; readonly reference: string },
  code: string,
) => Promise<boolean>;

export const checkCodeWith =
  (carriers: () => Promise<Readonly<Record<string, Carrier>>>): CheckCode =>
  async ({ carrier, reference }, code) =>
    (await (await carriers())[carrier]?.check?.({ reference }, code)) === "right";
