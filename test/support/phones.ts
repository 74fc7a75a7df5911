import type { PhoneNumber } from "../../lib/account/phone-number.ts";
import { maskedNumber, readPhoneNumber } from "../../lib/phone/phone-number.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import type { Phone, PhoneEnrolment } from "../../lib/account/phone.ts";
import type { Fallback, Send } from "../../lib/account/fallback.ts";
import { phoneId } from "./ids.ts";
import { hour, minute, noon } from "./time.ts";

export const codeKeys = keyRing(
  "a secret text for codes by phone, of more than 43 characters",
  "codes",
);

/** The key that makes codes. */
export const [codesKey] = codeKeys;

export const aNumber = (text = "+380501234542"): PhoneNumber => {
  const read = readPhoneNumber(text, { allowedCountries: "all" });
  if (read.kind !== "number") throw new Error(`${text} is no number.`);
  return read.number;
};

/** A confirmed Ukrainian mobile number. */
export const aPhone = (given: Partial<Phone> = {}): Phone => {
  const number = given.number ?? aNumber();
  return {
    id: phoneId("phone_mobile"),
    number,
    country: "UA",
    masked: maskedNumber(number),
    takesSms: true,
    confirmedAt: noon - hour,
    ...given,
  };
};

/** A number whose enrolment began at noon. */
export const aPhoneEnrolment = (given: Partial<PhoneEnrolment> = {}): PhoneEnrolment => {
  const { number, country, masked, takesSms } = aPhone();
  return {
    id: phoneId("phone_begun"),
    number,
    country,
    masked,
    takesSms,
    openedAt: noon,
    expiresAt: noon + 10 * minute,
    wrongGuesses: 0,
    fallback: null,
    ...given,
  };
};

/** A call that went out at noon, by a carrier that lets us choose the code. */
export const aSend = (given: Partial<Send> = {}): Send => ({
  n: 1,
  channel: "call",
  state: "placed",
  at: noon,
  claimedBy: null,
  carrier: "acme",
  reference: `reference-${given.n ?? 1}`,
  code: { kind: "derived" },
  ...given,
});

export const aFallback = (given: Partial<Fallback> = {}): Fallback => ({
  phoneId: aPhone().id,
  number: aPhone().number,
  country: "UA",
  takesSms: true,
  ip: "192.0.2.7",
  sends: [],
  runs: 1,
  token: null,
  callsOff: false,
  smsOff: false,
  ...given,
});
