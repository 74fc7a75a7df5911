import * as z from "zod/mini";
import { mergePhones } from "./merge-phones.ts";
import { Phone } from "./phone.ts";

/** Where the browser keeps the phones, for all pages of this address. */
export const KEPT_PHONES = "twostep-devices";

/** The phones of the last visit; none if there were none, or if an older page left a form that is not understood. */
export function readKeptPhones(storage: Pick<Storage, "getItem">): Phone[] {
  try {
    return z.array(Phone).parse(JSON.parse(storage.getItem(KEPT_PHONES) ?? "[]"));
  } catch {
    return [];
  }
}

/** The phones that all open pages share. */
export type KeptPhones = {
  /** Keeps this page's phones together with what another page has kept meanwhile. Returns the phones of all pages. */
  keep: (phones: readonly Phone[]) => readonly Phone[];
};

/** `first` is what this page read when it opened. */
export function sharePhones(
  storage: Pick<Storage, "getItem" | "setItem">,
  first: readonly Phone[],
): KeptPhones {
  // The phones on which this page and the storage last agreed. A comparison with them shows each side's changes.
  let agreed = first;
  return {
    keep: (phones) => {
      const kept = readKeptPhones(storage);
      const merged = mergePhones(agreed, phones, kept);
      if (!isSame(merged, kept)) storage.setItem(KEPT_PHONES, JSON.stringify(merged));
      agreed = merged;
      return isSame(merged, phones) ? phones : merged;
    },
  };
}

const isSame = (one: readonly Phone[], other: readonly Phone[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
