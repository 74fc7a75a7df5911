import { generateSync } from "otplib/functional";
import type { Account } from "./account.ts";

export type Codes = {
  current: string;
  next: string;
  /** How long until the next code becomes the current one. */
  secondsLeft: number;
};

/** The codes that an app shows when its clock says `phoneTime` (milliseconds since 1970) [RFC 6238]. */
export function codesAt(account: Account, phoneTime: number): Codes {
  const { periodSeconds } = account;
  const seconds = Math.floor(phoneTime / 1000);
  return {
    current: codeAt(account, seconds),
    next: codeAt(account, seconds + periodSeconds),
    secondsLeft: periodSeconds - (seconds % periodSeconds),
  };
}

function codeAt(account: Account, epoch: number): string {
  const { secret, algorithm, digits, periodSeconds: period } = account;
  return generateSync({ strategy: "totp", secret, algorithm, digits, period, epoch });
}
