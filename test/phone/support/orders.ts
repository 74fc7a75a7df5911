import type { CallOrder } from "../../../lib/phone/carriers/carrier.ts";
import { readPhoneNumber } from "../../../lib/phone/phone-number.ts";
import type { PhoneNumber } from "../../../lib/account/phone-number.ts";

export const aPhoneNumber = (text = "+79161234567"): PhoneNumber => {
  const read = readPhoneNumber(text, { allowedCountries: "all" });
  if (read.kind !== "number") throw new Error("Not a number.");
  return read.number;
};

export const anOrder = (given: Partial<CallOrder> = {}): CallOrder => ({
  sendId: "chal_AAAAAAAAAAAAAAAAAAAAAA#1",
  number: aPhoneNumber(),
  code: "0042",
  ip: "93.184.216.34",
  ...given,
});
