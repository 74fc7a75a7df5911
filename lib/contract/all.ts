import * as accounts from "./accounts.ts";
import * as challenge from "./challenge.ts";
import type { Contract } from "./contract.ts";
import * as health from "./health.ts";
import * as phones from "./phones.ts";
import * as recoveryCodes from "./recovery-codes.ts";
import * as security from "./security.ts";
import * as sessions from "./sessions.ts";
import * as signIn from "./sign-in.ts";
import * as telegram from "./telegram.ts";
import * as time from "./time.ts";
import * as totp from "./totp.ts";

/** Every route of the HTTP API, by path. */
export const contracts: readonly Contract[] = [
  signIn,
  challenge,
  sessions,
  security,
  totp,
  phones,
  recoveryCodes,
  telegram,
  health,
  time,
  accounts,
]
  .flatMap((area) => Object.values<Contract>(area))
  .sort((a, b) => a.path.localeCompare(b.path, "en") || a.method.localeCompare(b.method, "en"));
