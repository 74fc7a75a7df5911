import type * as z from "zod/mini";
import * as accounts from "../../lib/contract/accounts.ts";
import * as challenge from "../../lib/contract/challenge.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import * as fields from "../../lib/contract/fields.ts";
import * as health from "../../lib/contract/health.ts";
import * as phones from "../../lib/contract/phones.ts";
import * as recoveryCodes from "../../lib/contract/recovery-codes.ts";
import * as sessions from "../../lib/contract/sessions.ts";
import * as signIn from "../../lib/contract/sign-in.ts";
import * as telegram from "../../lib/contract/telegram.ts";
import * as time from "../../lib/contract/time.ts";
import * as totp from "../../lib/contract/totp.ts";
import {
  Challenge,
  Completed,
  SecondMethod,
  SecondStep,
  SecurityView,
  Sent,
} from "../../lib/contract/views.ts";
import { optionsOf, within } from "./inner-schemas.ts";

const [SignedIn] = optionsOf(signIn.signIn.answers[200]);
const [SignedInForTab] = optionsOf(sessions.openSession.answers[200]);
const [Reauthenticated] = optionsOf(sessions.reauthenticate.answers[200]);
const methods = Challenge.shape.methods.shape;
const current = sessions.readSession.answers[200].shape;

/**
 * The schemas that `openapi.yaml` defines once, under `components`. Clients get a type with this name. Bodies of
 * requests are not here: each takes its name from its operation.
 */
export const names: Readonly<Record<string, z.core.$ZodType>> = {
  SecurityView,
  TelegramFactor: SecurityView.shape.telegram,
  LinkedTelegramAccount: within(SecurityView.shape.telegram.shape.accounts),
  Authenticator: within(SecurityView.shape.authenticators),
  PhoneFactor: SecurityView.shape.phones,
  ConfirmedNumber: within(SecurityView.shape.phones.shape.numbers),
  RecoveryCodesLeft: SecurityView.shape.recoveryCodes,
  Activity: within(SecurityView.shape.recentActivity),

  Challenge,
  ChallengePurpose: Challenge.shape.purpose,
  ChallengeStatus: Challenge.shape.status,
  ChallengedAccount: within(Challenge.shape.account),
  ChallengeMethods: Challenge.shape.methods,
  TelegramMethod: within(methods.telegram),
  AskedTelegramAccount: within(within(methods.telegram).shape.accounts),
  TelegramPromptState: within(within(methods.telegram).shape.accounts).shape.state,
  TotpMethod: within(methods.totp),
  PhoneMethod: within(methods.phone),
  CallableNumber: within(within(methods.phone).shape.numbers),
  RecoveryCodeMethod: within(methods.recoveryCode),
  Sent,
  NextSend: within(Sent.shape.next),
  SendVia: Sent.shape.via,

  SignInAnswer: signIn.signIn.answers[200],
  ReauthenticationAnswer: sessions.reauthenticate.answers[200],
  SignedIn,
  Reauthenticated,
  SecondStep,
  Completed,
  CompletedStatus: Completed.shape.status,

  CurrentSession: sessions.readSession.answers[200],
  SignedInAccount: current.account,
  Session: current.session,
  SessionList: sessions.listSessions.answers[200],
  ListedSession: within(sessions.listSessions.answers[200].shape.sessions),
  SessionMethod: current.session.shape.method,

  TotpEnrolment: totp.enrolTotp.answers[201],
  PhoneEnrolment: phones.addPhone.answers[201],
  TelegramLink: telegram.beginTelegramLink.answers[201],
  TelegramLinkState: telegram.readTelegramLink.answers[200],
  TelegramLinkStatus: telegram.readTelegramLink.answers[200].shape.status,
  RecoveryCodeList: recoveryCodes.createRecoveryCodes.answers[201],
  Health: health.readHealth.answers[200],
  ServerTime: time.readTime.answers[200],

  OpenedSession: sessions.openSession.answers[200],
  SignedInForTab,
  AccountChallenge: accounts.readAccountChallenge.answers[200],
  SessionTicket: accounts.createAccountSession.answers[201],
  SecondStepNotRequired: accounts.openAccountChallenge.answers[200],
  OpenedChallenge: accounts.openAccountChallenge.answers[201],
  RedeemedGrant: accounts.redeemGrant.answers[200],
  SecondMethod,

  Email: fields.Email,
  Password: fields.Password,
  NewPassword: fields.NewPassword,
  TotpCode: fields.TotpCode,
  PhoneCode: fields.PhoneCode,
  RecoveryCode: fields.RecoveryCode,
  Name: fields.Name,
  Locale: fields.LocaleField,
  Token: fields.Token,
  GivenTime: fields.GivenTime,
  NumberId: challenge.requestCall.body.shape.numberId,
  PhoneNumber: phones.addPhone.body.shape.number,
  IpAddress: accounts.openAccountChallenge.body.shape.ip,
  Device: within(accounts.openAccountChallenge.body.shape.device),
  UserAgent: within(accounts.openAccountChallenge.body.shape.userAgent),
  ReturnTo: within(accounts.openAccountChallenge.body.shape.returnTo),
  Reason: accounts.resetAccount.body.shape.reason,
};

/** `answerTotp` → `AnswerTotp`, `wrong_code` → `WrongCode`: most languages name types in this way. */
export const pascal = (name: string): string =>
  name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The name of the body that a route takes. */
export const requestNameOf = ({ operation }: Contract): string => `${pascal(operation)}Request`;
