import type { Carrier } from "./carriers/carrier.ts";

/** Asks the carrier whether this is the code of its call. False for everything but a clear yes. */
export type CheckCode = (
  asked: { readonly carrier: string; readonly reference: string },
  code: string,
) => Promise<boolean>;

export const checkCodeWith =
  (carriers: () => Promise<readonly Carrier[]>): CheckCode =>
  async ({ carrier, reference }, code) => {
    const found = (await carriers()).find((one) => one.name === carrier);
    return (await found?.check?.({ reference }, code)) === "right";
  };
