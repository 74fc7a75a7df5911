import type * as challenge from "../../lib/contract/challenge.ts";
import type * as phones from "../../lib/contract/phones.ts";
import type * as recoveryCodes from "../../lib/contract/recovery-codes.ts";
import type * as security from "../../lib/contract/security.ts";
import type * as sessions from "../../lib/contract/sessions.ts";
import type * as signIn from "../../lib/contract/sign-in.ts";
import type * as telegram from "../../lib/contract/telegram.ts";
import type * as time from "../../lib/contract/time.ts";
import type * as totp from "../../lib/contract/totp.ts";

/** The contracts that a browser may call. The service parses requests and answers by the same contracts. */
export type Contracts = typeof challenge &
  typeof phones &
  typeof recoveryCodes &
  typeof security &
  typeof sessions &
  typeof signIn &
  typeof telegram &
  typeof time &
  typeof totp;

export type Operation = keyof Contracts;

type RouteKeys = {
  readonly [Name in Operation]: `${Contracts[Name]["method"]} ${Contracts[Name]["path"]}`;
};

/**
 * The method and path of each operation. The browser does not load the schemas. The compiler compares this table with
 * them: if a route is added, moved or removed, this file does not compile.
 */
export const operations = {
  signIn: "POST /v1/sign-in",
  readChallenge: "GET /v1/challenge",
  openChallenge: "POST /v1/challenge/open",
  promptTelegram: "POST /v1/challenge/telegram",
  answerTotp: "POST /v1/challenge/totp",
  requestCall: "POST /v1/challenge/call",
  answerPhoneCode: "POST /v1/challenge/code",
  answerRecoveryCode: "POST /v1/challenge/recovery-code",
  completeChallenge: "POST /v1/challenge/complete",
  cancelChallenge: "DELETE /v1/challenge",
  openSession: "POST /v1/sessions/open",
  readSession: "GET /v1/session",
  signOut: "POST /v1/sign-out",
  reauthenticate: "POST /v1/reauthentication",
  changePassword: "PUT /v1/password",
  listSessions: "GET /v1/sessions",
  endSession: "DELETE /v1/sessions/{id}",
  endOtherSessions: "DELETE /v1/sessions",
  readSecurity: "GET /v1/security",
  enrolTotp: "POST /v1/totp",
  confirmTotp: "POST /v1/totp/{id}/confirm",
  removeTotp: "DELETE /v1/totp/{id}",
  addPhone: "POST /v1/phones",
  callPhone: "POST /v1/phones/{id}/call",
  confirmPhone: "POST /v1/phones/{id}/confirm",
  removePhone: "DELETE /v1/phones/{id}",
  createRecoveryCodes: "POST /v1/recovery-codes",
  beginTelegramLink: "POST /v1/telegram",
  readTelegramLink: "GET /v1/telegram/links/{id}",
  confirmTelegramLink: "POST /v1/telegram/links/{id}/confirm",
  switchTelegram: "PUT /v1/telegram",
  unlinkTelegram: "DELETE /v1/telegram/accounts/{id}",
  readTime: "GET /v1/time",
} as const satisfies RouteKeys;
