import * as z from "zod/mini";
import { Phone } from "./phone.ts";

const KEY = "twostep-devices";

/** The phones of the last visit; none if there were none, or an older page left something that is not understood. */
export function readKeptPhones(storage: Pick<Storage, "getItem">): Phone[] {
  try {
    return z.array(Phone).parse(JSON.parse(storage.getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
}

export function keepPhones(storage: Pick<Storage, "setItem">, phones: readonly Phone[]): void {
  storage.setItem(KEY, JSON.stringify(phones));
}
